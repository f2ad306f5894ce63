#!/bin/sh
# The package on a fresh machine: a Debian that is made for it, with nothing in
# it but what the package asks for and mount(8), where an ordinary user works without
# a network.
. "${0%/*}/lib.sh"
[ "$(id -u)" = 0 ] || skip 'it takes root to make a machine'
for p in mmdebstrap bwrap dpkg-shlibdeps; do
	command -v $p >/dev/null || skip "there is no $p: apt-get install mmdebstrap bubblewrap dpkg-dev"
done
. /etc/os-release
for sources in /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list; do
	[ ! -s "$sources" ] || break
done
root=$TMP/root
deb=$PWD/mlestar_$(make -s version | cut -d ' ' -f 2)_$(dpkg --print-architecture).deb
cat >"$TMP/enter" <<'EOF'
# enter ROOT COMMAND...: in a namespace of its own, where ROOT becomes the root
mount --bind "$1" "$1" && mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev" &&
	cd "$1" && pivot_root . mnt || exit 111
shift
exec chroot . sh -c 'umount -l /mnt; cd; exec "$@"' sh \
	setpriv --reuid=me --regid=me --clear-groups --inh-caps=-all --bounding-set=-all "$@"
EOF
as_user() { # command...: there, as an ordinary user, offline
	env -i PATH=/usr/bin:/bin:/usr/sbin HOME=/home/me TERM=dumb \
		unshare -mnpf sh "$TMP/enter" "$root" "$@" >"$TMP/said" 2>&1
}

ok 'The package is made' make deb
needs=$(dpkg-deb -f "$deb" Depends | sed 's/ *([^)]*)//g; s/ *|[^,]*//g; s/ //g')
mmdebstrap --quiet --variant=apt --include="mount,$needs" \
	--customize-hook='chroot "$1" useradd -m me' --customize-hook="copy-in '$deb' /root" \
	--customize-hook='chroot "$1" sh -c "dpkg -i /root/*.deb"' \
	"$VERSION_CODENAME" "$root" "$sources" >"$TMP/said" 2>&1
is 'It is installed with what it depends on, and no more' "$? $(grep '^[EW]:' "$TMP/said")" '0 '
as_user mlestar version
is 'An ordinary user finds it' "$(cat "$TMP/said")" "$(make -s version)"
as_user mlestar doctor
is 'There everything that it needs is there' "$? $(grep '^FAIL' "$TMP/said")" '0 '
as_user curl --version
is 'and nothing that it does not ask for' $? 127
as_user mlestar -j2 TASK=diabetes
like 'The main job is done' "$? $(tail -n 1 "$TMP/said")" '^0 work/diabetes/run/submission.csv: rmse [0-9]'
sed 's/^/# /' "$TMP/said" | tail -n 3
as_user mlestar grade TASK=diabetes
like 'and graded' "$? $(cat "$TMP/said")" '^0 rmse 5[0-9]\.[0-9]+ \(lower is better, 89 rows\)'
as_user mlestar TASK=diabetes
like 'Nothing is left to do then' "$? $(cat "$TMP/said")" '^0 work/diabetes/run is up to date'
chroot "$root" dpkg --remove mlestar >/dev/null 2>&1
is 'Removed, it leaves nothing but the work' \
	"$(find "$root/usr" "$root/etc" -name '*mlestar*') $(ls "$root/home/me")" ' work'
done_testing
