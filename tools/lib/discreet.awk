# What doctor tells, without keys; with info also without names of persons, hosts
# and their folders, which are in the environment as HOME, user and host.
# Exits 1 if a line begins with FAIL.
function hide(name, value) {
	if (name ~ /(KEY|TOKEN|SECRET|PASSWORD)$/ && length(value) >= 8)
		hidden[value] = "[" name "]"
}
function put(s, what, with, word,    i, n, done) {
	n = length(what)
	if (n < 3 || what == "root" || what == "/")
		return s
	while (i = index(s, what)) {
		done = done substr(s, 1, i - 1)
		if (word && (done ~ /[A-Za-z0-9_]$/ || substr(s, i + n, 1) ~ /[A-Za-z0-9_]/))
			done = done what
		else
			done = done with
		s = substr(s, i + n)
	}
	return done s
}
BEGIN {
	for (name in ENVIRON)
		hide(name, ENVIRON[name])
	while ((getline line < ".env") > 0) {
		sub(/^[ \t]*(export[ \t]+)?/, "", line)
		name = value = line
		sub(/[ \t]*=.*/, "", name)
		sub(/[^=]*=[ \t]*/, "", value)
		sub(/[ \t\r]+(#.*)?$/, "", value)
		gsub(/^["\047]|["\047]$/, "", value)
		hide(name, value)
	}
}
{
	for (value in hidden)
		$0 = put($0, value, hidden[value])
	gsub(/:\/\/[^\/@ ]*@/, "://[user]@")
	while (match($0, /https?:\/\/[^ ?]*\?[^ ]+/)) {
		url = substr($0, RSTART, RLENGTH)
		sub(/\?.*/, "[..]", url)
		$0 = substr($0, 1, RSTART - 1) url substr($0, RSTART + RLENGTH)
	}
	if (info) {
		$0 = put($0, ENVIRON["HOME"], "~")
		$0 = put($0, ENVIRON["user"], "user", 1)
		$0 = put($0, ENVIRON["host"], "host", 1)
	}
	print
	fflush()
}
/^FAIL/ { bad = 1 }
END { exit bad }
