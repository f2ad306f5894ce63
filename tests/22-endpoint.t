#!/bin/sh
# Where models are reached, with which key, and one exchange with a server.
. "${0%/*}/lib.sh"
${CC:-cc} -std=c11 -D_GNU_SOURCE -Itools -o "$TMP/endpoint" tests/endpoint.c \
	tools/lib/lib.a -Wl,--as-needed -lcjson -lcurl -lseccomp -lmd -lz -lm || exit
mkdir "$TMP/d"
cd "$TMP/d" || exit
PATH=$TMP:$PATH
unset http_proxy https_proxy HTTPS_PROXY all_proxy ALL_PROXY no_proxy NO_PROXY \
	SSL_CERT_FILE SSL_CERT_DIR CURL_CA_BUNDLE REQUESTS_CA_BUNDLE \
	HF_TOKEN OPENAI_API_BASE
try() { # [NAME=value...] endpoint arg...
	env "$@" 2>&1
}

# .env ------------------------------------------------------------------------
is 'no .env, no variable: nothing' "$(try endpoint env A_KEY)" null
umask 077
printf '\357\273\277FIRST=mark\r\n' >.env
cat >>.env <<'END'
# a comment, A_KEY=wrong
A_KEY=plain$HOME#1   # said at the end
 export B_KEY =  "two words # $x \"q\" \\ \n"  # said
C_KEY='single $HOME "q" \n' # said
D_KEY=
E_KEY=old
E_KEY=new
A_KEY_2=other
F_KEY="open
G_KEY="x" y
H_KEY = # nothing
I_KEY=#hash
noise
J_KEY=last
END
printf 'K_KEY=no line end' >>.env
is 'of .env a value ends at " #", and $ and # mean nothing' \
	"$(try endpoint env A_KEY)" 'plain$HOME#1'
is 'double quotes have escapes; blanks at the ends go' \
	"$(try endpoint env B_KEY)" 'two words # $x "q" \'
is 'single quotes keep all' "$(try endpoint env C_KEY)" 'single $HOME "q" \n'
is 'a mark and CRLF do no harm, the last line counts, empty is unset' \
	"$(try endpoint env FIRST E_KEY D_KEY H_KEY I_KEY J_KEY K_KEY | paste -sd ' ')" \
	'mark new null null #hash last no line end'
is 'the environment comes first, unless it is empty' \
	"$(try E_KEY=' mine ' J_KEY= endpoint env E_KEY J_KEY | paste -sd ' ')" 'mine last'
is 'a quote that is left open is told' "$(try endpoint env F_KEY; echo $?)" \
	'endpoint: read .env: the quote of F_KEY is not closed
100'
is 'and text after one' "$(try endpoint env G_KEY)" \
	'endpoint: read .env: text follows the quote of G_KEY'
chmod 640 .env
is 'a .env that others can read is refused' "$(try endpoint env E_KEY; echo $?)" \
	'endpoint: read .env: others can read it: chmod 600 .env
100'
is 'but not where it is not needed' "$(try E_KEY=mine endpoint env E_KEY)" mine
mv .env open && ln -s open .env
like 'nor is it by way of a link' "$(try endpoint env E_KEY)" 'others can read'
chmod 600 open
is 'a link to a private one is fine' "$(try endpoint env E_KEY)" new
rm .env && printf 'A\0B' >.env
like 'one with NUL bytes is no text' "$(try endpoint env E_KEY)" 'it is no text'
rm .env && mkfifo .env
like 'nor is a pipe a file' "$(try endpoint env E_KEY)" 'it is no file'
rm .env && mkdir .env
is 'a folder of that name is something else' "$(try endpoint env E_KEY)" null
rmdir .env

# Secrets ---------------------------------------------------------------------
is 'white space round a key goes' "$(try "A_KEY= k
" endpoint secret A_KEY)" k
is 'a control character in it is told, the key is not' \
	"$(try "A_KEY=se
cret" endpoint secret A_KEY; echo $?)" \
	'endpoint: read A_KEY: it holds a control character
100'
like 'nor may it be other than ASCII' "$(try A_KEY=schlüssel endpoint secret A_KEY)" \
	'^endpoint: read A_KEY: it is not plain ASCII$'
hides() {
	printf %s "$1" | try A_KEY='top$secret+key' B_KEY=top\$secret C_KEY=short \
		endpoint hide A_KEY B_KEY C_KEY
}
is 'known secrets are hidden, the longest first' \
	"$(hides 'top$secret+key, xtop$secrety; short')" '[A_KEY], x[B_KEY]y; short'
is 'also as JSON may write them' "$(hides '"top$secret\u002bkey" \u0074op$secret\+key \t\"')" \
	'"[A_KEY]" [A_KEY] \t\"'
is 'what looks like a key is hidden' \
	"$(hides '"sk-proj-Ab3Cd4Ef5Gh6Ij7Kl8" sk-ant-api03-0123456789abcdef (AIzaSyA1234567890abcdefghij) hf_abcdefghij0123456789 xai-0a1b2c3d4e5f6g7h8 gsk_0a1b2c3d4e5f6g7h8 tvly-dev-0a1b2c3d4e5f6g7h8')" \
	'"[key]" [key] ([key]) [key] [key] [key] [key]'
is 'and what is masked' "$(hides 'key:\nsk-proj-****************abcd. AIza***')" \
	'key:\n[key]. [key]'
plain='task-specific-preprocessing-2024-v1 risk-adjusted sk-learn-compatible-v2 hf_tokenizer_v2_Large 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 sk-short1 *** sk-**b**'
is 'words and names are not' "$(hides "$plain")" "$plain"

# Each form of MODEL ----------------------------------------------------------
while IFS='|' read -r vars model want; do
	[ "$model" ] || continue
	is "${vars:+$vars }$model" "$(try $vars endpoint endpoint "$model" |
		sed 's/Authorization: /A:/')" "$want"
done <<'END'
OPENAI_API_KEY=k|openai/gpt-5|openai gpt-5 responses https://api.openai.com/v1 OPENAI_API_KEY A:Bearer  web
OPENAI_API_KEY=k OPENAI_BASE_URL=https://api.openai.com/v1/|openai/m|openai m responses https://api.openai.com/v1 OPENAI_API_KEY A:Bearer  web
OPENAI_API_KEY=k OPENAI_BASE_URL=https://h.example.com/x/v1/|openai/m|openai m chat https://h.example.com/x/v1 OPENAI_API_KEY A:Bearer 
OPENAI_API_KEY=k WIRE=chat|openai/m|openai m chat https://api.openai.com/v1 OPENAI_API_KEY A:Bearer 
OPENAI_API_BASE=http://10.0.0.1:80 WIRE=responses|openai/m|openai m responses http://10.0.0.1:80/v1 -  local web
|openai/m|endpoint: ask openai/m: OPENAI_API_KEY is not set: export it, or put it into .env
ANTHROPIC_API_KEY=k|anthropic/m|anthropic m anthropic https://api.anthropic.com ANTHROPIC_API_KEY x-api-key:  web
ANTHROPIC_AUTH_TOKEN=k|anthropic/m|anthropic m anthropic https://api.anthropic.com ANTHROPIC_AUTH_TOKEN A:Bearer  web
ANTHROPIC_API_KEY=k ANTHROPIC_BASE_URL=https://h.example.com/v1/|anthropic/m|anthropic m anthropic https://h.example.com ANTHROPIC_API_KEY x-api-key:  web
ANTHROPIC_API_KEY=k WIRE=chat|anthropic/m|anthropic m chat https://api.anthropic.com/v1 ANTHROPIC_API_KEY A:Bearer 
GEMINI_API_KEY=k|gemini/m|gemini m gemini https://generativelanguage.googleapis.com GEMINI_API_KEY x-goog-api-key:  web
GOOGLE_API_KEY=k GEMINI_API_KEY=k|gemini/m|gemini m gemini https://generativelanguage.googleapis.com GOOGLE_API_KEY x-goog-api-key:  web
GEMINI_API_KEY=k WIRE=chat|gemini/m|gemini m chat https://generativelanguage.googleapis.com/v1beta/openai GEMINI_API_KEY A:Bearer 
GEMINI_API_KEY=k GOOGLE_GEMINI_BASE_URL=https://h.example.com/v1beta/|gemini/m|gemini m gemini https://h.example.com GEMINI_API_KEY x-goog-api-key:  web
|gemini/x|endpoint: ask gemini/x: GEMINI_API_KEY is not set: export it, or put it into .env
OPENROUTER_API_KEY=k|openrouter/a/b:free|openrouter a/b:free chat https://openrouter.ai/api/v1 OPENROUTER_API_KEY A:Bearer  web
GROQ_API_KEY=k|groq/a/b|groq a/b chat https://api.groq.com/openai/v1 GROQ_API_KEY A:Bearer 
MISTRAL_API_KEY=k|mistral/m|mistral m chat https://api.mistral.ai/v1 MISTRAL_API_KEY A:Bearer 
DEEPSEEK_API_KEY=k|deepseek/m|deepseek m chat https://api.deepseek.com/v1 DEEPSEEK_API_KEY A:Bearer 
XAI_API_KEY=k|xai/m|xai m chat https://api.x.ai/v1 XAI_API_KEY A:Bearer 
TOGETHER_API_KEY=k|together/a/b|together a/b chat https://api.together.xyz/v1 TOGETHER_API_KEY A:Bearer 
HF_TOKEN=k|huggingface/a/b:c|huggingface a/b:c chat https://router.huggingface.co/v1 HF_TOKEN A:Bearer 
HF_TOKEN=k HUGGINGFACE_BASE_URL=http://127.0.0.1:9|huggingface/m|huggingface m chat http://127.0.0.1:9/v1 HF_TOKEN A:Bearer  local
OLLAMA_API_KEY=k|ollama/qwen3:8b|ollama qwen3:8b chat http://127.0.0.1:11434/v1 -  local
|llamacpp|llamacpp - chat http://127.0.0.1:8080/v1 -  local
LLAMA_API_KEY=k|llamacpp/m|llamacpp m chat http://127.0.0.1:8080/v1 LLAMA_API_KEY A:Bearer  local
VLLM_BASE_URL=http://gpu:1 VLLM_API_KEY=k|vllm|vllm - chat http://gpu:1/v1 VLLM_API_KEY A:Bearer  local
|lmstudio|lmstudio - chat http://127.0.0.1:1234/v1 -  local
OPENAI_API_KEY=k|http://127.0.0.1:9/v1/#a/b|server a/b chat http://127.0.0.1:9/v1 -  local
OPENAI_API_KEY=k LLM_API_KEY=l|https://h.example.com|server - chat https://h.example.com/v1 LLM_API_KEY A:Bearer 
OPENAI_API_KEY=k OPENAI_BASE_URL=http://h:9|http://h:9/v1#m|server m chat http://h:9/v1 OPENAI_API_KEY A:Bearer  local
WIRE=anthropic|http://h:9/v1#m|server m anthropic http://h:9 -  local
|http://h:9/v1/chat/completions#m|server m chat http://h:9/v1 -  local
|http://messages#m|server m chat http://messages/v1 -  local
WIRE=x|http://h:9#m|endpoint: read WIRE: 'x' is none of chat, responses, anthropic, gemini
|openai/|endpoint: ask openai/: say which model: openai/NAME
|openai|endpoint: ask openai: say which model: openai/NAME
|vllm/|endpoint: ask vllm/: say which model: vllm/NAME
|http://h#|endpoint: ask http://h#: say which model: http://h#NAME
|foo/bar|null
|playbook|null
|exec:true|null
|replay:d|null
END
is 'of two keys of Google it is told which is used' \
	"$(try GOOGLE_API_KEY=k1 GEMINI_API_KEY=k2 endpoint endpoint gemini/m gemini/n | grep differ)" \
	'endpoint: ask gemini/m: GOOGLE_API_KEY and GEMINI_API_KEY differ: the former is used'
(umask 077; echo 'XAI_API_KEY="$k#"' >.env)
is 'keys are taken from .env' "$(try endpoint endpoint xai/m)" \
	'xai m chat https://api.x.ai/v1 XAI_API_KEY Authorization: Bearer '
rm .env
while read -r host want; do
	is "OLLAMA_HOST=$host" "$(try OLLAMA_API_KEY=k OLLAMA_HOST="$host" \
		endpoint endpoint ollama/m | cut -d ' ' -f 4-5)" "$want"
done <<'END'
gpu http://gpu:11434/v1 -
gpu:80 http://gpu:80/v1 -
:7 http://127.0.0.1:7/v1 -
0.0.0.0 http://127.0.0.1:11434/v1 -
0.0.0.0:7 http://127.0.0.1:7/v1 -
http://0.0.0.0:7/ http://127.0.0.1:7/v1 -
::1 http://[::1]:11434/v1 -
[::1]:7 http://[::1]:7/v1 -
[::] http://[::1]:11434/v1 -
http://gpu http://gpu/v1 -
https://gpu https://gpu/v1 -
https://h.example.com/a/ https://h.example.com/a/v1 OLLAMA_API_KEY
gpu:99999 http://gpu:11434/v1 -
ollama.com https://ollama.com/v1 OLLAMA_API_KEY
END
is 'ollama.com wants a key' "$(try OLLAMA_HOST=ollama.com endpoint endpoint ollama/m)" \
	'endpoint: ask ollama/m: OLLAMA_API_KEY is not set: export it, or put it into .env'

# URLs ------------------------------------------------------------------------
for url in http://u:hush@h http://hush@h 'http://h/?api_key=hush' 'http://h?a=1&access_token=hush' \
	'https://h?Key=hush' ftp://hush file:///hush //hush h:80/hush 'http://h/ hush' ''; do
	said=$(try endpoint check "$url")
	is "'$url' is refused, and not shown" "$? $(echo "$said" | grep -c hush)" '100 0'
done
is 'others are taken' "$(try endpoint check http://h:8/v1 'https://h?max_tokens=1&q=key')" ''
is 'MODEL may hold no key, either' "$(try endpoint endpoint http://u:hush@h/v1#m)" \
	'endpoint: read MODEL: a URL with a user or password in it would show them: leave them out'
is 'a base URL has no query' "$(try OPENAI_BASE_URL=http://h/?a=b endpoint endpoint openai/m)" \
	'endpoint: read OPENAI_BASE_URL: a base URL ends before any ? or #'
local='127.0.0.1 127.9.9.9:80 10.1.1.1 172.16.0.1 172.31.9.9 192.168.3.4 169.254.1.1 [::1] [fd12::1]:80 [fe80::1] [::ffff:10.0.0.1] localhost LOCALHOST. gpu a.local host.docker.internal'
other='8.8.8.8 172.15.0.1 172.32.0.1 192.169.0.1 11.0.0.1 [2001:db8::1] [::ffff:8.8.8.8] api.openai.com localhost.example.com 10.example.com'
is 'what is of this machine or a private network' "$(for h in $local; do
	endpoint local "http://$h/v1"; done | sort | uniq -c)" "$(printf '%7d 1' 16)"
is 'what is not' "$(for h in $other; do endpoint local "http://$h/v1"; done |
	sort | uniq -c)" "$(printf '%7d 0' 10)"

# One exchange ----------------------------------------------------------------
printf '{"text": "%s"}' "$(seq 2000 | tr -d '\n')" | gzip >"$TMP/gz"
head -c 500 "$TMP/gz" >"$TMP/gzcut"
truncate -s 65M "$TMP/much"
cat >"$TMP/rules" <<END
[{"path": "^/ok", "body": "fine, %KEY%", "headers": {"X-Key": "%KEY%"}},
 {"path": "^/empty", "body": ""},
 {"path": "^/500", "status": 500, "body": "no %KEY%"},
 {"path": "^/moved", "status": 302, "headers": {"Location": "/ok"}},
 {"path": "^/gz", "file": "$TMP/gz", "headers": {"Content-Encoding": "gzip"}},
 {"path": "^/cutgz", "file": "$TMP/gzcut", "headers": {"Content-Encoding": "gzip"}, "close": true},
 {"path": "^/cut", "body": "0123456789", "cut": 4},
 {"path": "^/chunks", "echo": true, "cut": 40},
 {"path": "^/drop", "drop": true},
 {"path": "^/nul", "file": "$TMP/nul"},
 {"path": "^/much", "file": "$TMP/much"},
 {"path": "^/late", "body": "late", "delay": 20},
 {"path": "^/slow", "body": "0123456789", "chunk": 1, "pause": 0.3},
 {"path": "^/stuck", "body": "0123456789", "chunk": 3, "pause": 20},
 {"path": "^http://models.example.com/", "body": "by proxy"}]
END
printf 'a\0b proxied-key\0' >"$TMP/nul"
serve "$TMP/rules"
try KEY=proxied-key endpoint http -t 1 "$BASE/stuck" >"$TMP/total" &
try endpoint http -i 1 "$BASE/stuck" >"$TMP/idle" &
try endpoint http -i 1 "$BASE/late" >"$TMP/first" &
try endpoint http -t 1 "$BASE/late" >"$TMP/none" &
try endpoint http -r -i 2 "$BASE/slow" >"$TMP/slow" &
waiting="$!"
key=proxied-key
is 'a reply, without the key that the server echoes' \
	"$(try KEY=$key endpoint http -r "$BASE/ok" | tr -d '\r' | grep -v -e ^Date -e ^Server)" \
	'200 - again=0 most=0 begun=1 n=11 
HTTP/1.1 200 OK
Content-Type: application/json
X-Key: [KEY]
Content-Length: 17

fine, [KEY]'
is 'the key was in the headers' "$(jq -r 'select(.path == "/ok") |
	[.method, .headers.Authorization, .headers["User-Agent"], .headers["Content-Type"]] | join(" ")' "$SERVED")" \
	"GET Bearer $key mlestar "
yes '{"a": "b"}' | head -c 2000000 >"$TMP/body"
try endpoint http -b "@$TMP/body" -H 'X-A: b' "$BASE/ok" >/dev/null
is 'a large body is sent without a question before' "$(jq -r 'select(.method == "POST") |
	[.method, .headers["Content-Type"], .headers.Expect, .headers["X-A"], (.body | length)] | join(" ")' "$SERVED")" \
	'POST application/json  b 2000000'
is 'another status is no trouble of the network' "$(try endpoint http "$BASE/500" "$BASE/empty")" \
	'500 - again=0 most=0 begun=1 n=3 
200 - again=0 most=0 begun=1 n=0 '
is 'a redirect is not followed' "$(try KEY=$key endpoint http "$BASE/moved"; grep -c /ok "$SERVED")" \
	'302 - again=0 most=0 begun=1 n=0 
2'
is 'a compressed reply is unpacked' "$(try endpoint http -r "$BASE/gz" | tail -n 1 | jq -r '.text | length')" 6893
like 'one cut in the middle is a piece of it' "$(try endpoint http "$BASE/cutgz")" '^200 .*n=[0-9]'
at=${BASE#http://}
is 'a body cut short is told, and kept' "$(try endpoint http -r "$BASE/cut" | sed -n '1p;$p')" \
	"200 net again=1 most=0 begun=1 n=4 read from $at: it was cut off
0123"
is 'also in chunks' "$(try endpoint http -b '{"stream": true}' "$BASE/chunks/v1/chat/completions")" \
	"200 net again=1 most=0 begun=1 n=40 read from $at: it was cut off"
is 'so is no reply at all' "$(try endpoint http "$BASE/drop")" \
	"0 net again=1 most=0 begun=0 n=0 read from $at: it closed without a reply"
is 'NUL bytes end nothing' "$(try KEY=$key endpoint http -r "$BASE/nul" | tail -n 1 | tr '\0' .)" 'a.b [KEY].'
is 'more than 64 MB are not taken' "$(try endpoint http "$BASE/much" | sed 's/ n=[0-9]*/ n=N/')" \
	"200 broken again=0 most=1 begun=1 n=N read from $at: more than 64 MB"
is 'nobody there' "$(try endpoint http -l http://127.0.0.1:1/x)" \
	'0 net again=1 most=3 begun=0 n=0 connect to 127.0.0.1:1: refused: is the server running?'
name=$(printf %070d 0).example
is 'no such name' "$(try endpoint http "http://$name/x")" \
	"0 net again=1 most=3 begun=0 n=0 look up $name:80: no such name, or no network"

# What tests/server cannot do.
cat >"$TMP/raw.py" <<'END'
import socket, sys, threading, time
one = socket.create_server(("127.0.0.1", 0), backlog=50)
print(one.getsockname()[1], flush=True)
count = 0
def serve(s):
    global count
    count += 1
    with s:
        while True:
            head = b""
            while b"\r\n\r\n" not in head:
                piece = s.recv(65536)
                if not piece:
                    return
                head += piece
            path = head.split()[1]
            whole = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n%02d" % count
            if path == b"/stale":           # keeps alive, it says
                s.sendall(whole)
                return
            if path == b"/keep":
                s.sendall(whole)
            elif path == b"/early":
                s.sendall(b"HTTP/1.1 103 Early Hints\r\nX-Old: 1\r\n\r\n" + whole)
            elif path == b"/hold":          # all of it, but no end
                s.sendall(b"HTTP/1.1 200 OK\r\n\r\n{}")
                time.sleep(20)
            elif path == b"/junk":
                s.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")
                return
            elif path == b"/half":
                s.sendall(b"HTTP/1.1 200 OK\r\nContent-Le")
                return
while True:
    threading.Thread(target=serve, args=(one.accept()[0],), daemon=True).start()
END
: >"$TMP/port"
python3 "$TMP/raw.py" >"$TMP/port" &
servers="$servers $!"
until read -r port <"$TMP/port"; do sleep 0.02; done
raw=http://127.0.0.1:$port
try endpoint http -r -t 1 "$raw/hold" >"$TMP/hold" &
waiting="$waiting $!"
sleep 0.1
is 'a connection is kept' "$(try endpoint http -r "$raw/keep" "$raw/keep" | grep -c '^02')" 2
is 'one that was closed meanwhile is made anew' \
	"$(try endpoint http "$raw/stale" +0.1 "$raw/stale" | sort -u)" \
	'200 - again=0 most=0 begun=1 n=2 '
is 'the head is that of the last reply' \
	"$(try endpoint http -r "$raw/early" | grep -c -e Early -e X-Old -e '200 OK')" 1
like 'what is no HTTP is told, and not tried again' "$(try endpoint http "$raw/junk")" \
	'^0 net again=0 most=1 .*: no HTTP: '
like 'a head cut short is no reply' "$(try endpoint http "$raw/half")" '^[0-9]+ net again=1 '

# Proxies ---------------------------------------------------------------------
is 'a proxy is asked for hosts elsewhere' \
	"$(try http_proxy=$BASE endpoint http -r http://models.example.com/x | tail -n 1)" 'by proxy'
is 'not for local ones' "$(try http_proxy=http://127.0.0.1:1 endpoint http -l "$raw/keep")" \
	'200 - again=0 most=0 begun=1 n=2 '
is 'nor where no_proxy says so' \
	"$(try http_proxy=http://127.0.0.1:1 no_proxy=127.0.0.1 endpoint http "$raw/keep")" \
	'200 - again=0 most=0 begun=1 n=2 '
is 'a proxy that is not there is named as such' \
	"$(try http_proxy=http://u:hush@127.0.0.1:1 endpoint http http://models.example.com/x)" \
	'0 net again=1 most=3 begun=0 n=0 connect to the proxy for models.example.com:80: refused'
like 'and one that will not connect' \
	"$(try https_proxy=$BASE endpoint http https://models.example.com/x)" \
	'net .* connect to models.example.com:443: the proxy answered 501$'

# TLS -------------------------------------------------------------------------
if command -v openssl >/dev/null; then
	: >"$TMP/tls"
	openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
		-addext subjectAltName=DNS:localhost,IP:127.0.0.1 \
		-keyout "$TMP/key.pem" -out "$TMP/cert.pem" 2>/dev/null
	python3 -c 'if 1:
		import http.server, ssl, sys
		class Handler(http.server.BaseHTTPRequestHandler):
			def log_message(self, *args): pass
			def do_GET(self):
				self.send_response(200)
				self.send_header("Content-Length", "6")
				self.end_headers()
				self.wfile.write(b"secure")
		s = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
		c = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
		c.load_cert_chain(sys.argv[1] + "/cert.pem", sys.argv[1] + "/key.pem")
		s.socket = c.wrap_socket(s.socket, server_side=True)
		print(s.server_port, flush=True)
		s.serve_forever()' "$TMP" >"$TMP/tls" 2>/dev/null &
	servers="$servers $!"
	until read -r port <"$TMP/tls"; do sleep 0.02; done
	tls=https://127.0.0.1:$port
	is 'a certificate that nobody vouches for is refused' "$(try endpoint http "$tls")" \
		"0 tls again=0 most=1 begun=0 n=0 trust 127.0.0.1:$port: self-signed certificate: if it is yours, or your proxy's, set SSL_CERT_FILE to the certificate of its CA"
	for v in SSL_CERT_FILE CURL_CA_BUNDLE REQUESTS_CA_BUNDLE; do
		is "unless $v does" "$(try $v="$TMP/cert.pem" endpoint http -r "$tls" | tail -n 1)" secure
	done
	is 'one that is not there does not count' "$(try SSL_CERT_FILE="$TMP/none.pem" \
		CURL_CA_BUNDLE="$TMP/cert.pem" endpoint http -r "$tls" | tail -n 1)" secure
	mkdir "$TMP/certs"
	cp "$TMP/cert.pem" "$TMP/certs/$(openssl x509 -hash -noout -in "$TMP/cert.pem").0"
	is 'or SSL_CERT_DIR' "$(try SSL_CERT_DIR="$TMP/certs" endpoint http -r "$tls" | tail -n 1)" secure
	like 'it has to be of that host' "$(try SSL_CERT_FILE="$TMP/cert.pem" endpoint http "https://127.0.0.2:$port")" \
		"^0 (tls again=0 .*trust 127.0.0.2:$port: |net .*connect to)"
	like 'a file without certificates is told' "$(try SSL_CERT_FILE="$TMP/rules" endpoint http "$tls")" \
		'^0 tls again=0 .*SSL_CERT_FILE holds no certificates'
	like 'https where http is spoken is told' "$(try endpoint http "https://$at/ok")" \
		'^0 net again=1 most=2 .*: no TLS: '
fi

# What took a while
wait $waiting
is 'a server that falls silent is told' "$(cat "$TMP/idle")" \
	"200 net again=1 most=0 begun=1 n=3 read from $at: silent for 1 s"
is 'one that says nothing' "$(cat "$TMP/first")" \
	"0 net again=1 most=0 begun=0 n=0 wait for $at: no reply in 1 s"
is 'also by the limit of all' "$(cat "$TMP/none")" \
	"0 net again=1 most=0 begun=0 n=0 wait for $at: no reply in 1 s"
is 'a reply that does not end in time' "$(cat "$TMP/total")" \
	"200 net again=1 most=0 begun=1 n=3 read from $at: not at its end after 1 s"
is 'slow is not silent' "$(tail -n 1 "$TMP/slow")" 0123456789
is 'what came whole but for its end is kept' "$(sed -n '1s/.* n=/n=/p;$p' "$TMP/hold")" \
	"n=2 read from ${raw#http://}: not at its end after 1 s
{}"
is 'no message holds a key' "$(cat "$TMP"/total "$TMP"/idle "$TMP"/hold | grep -c "$key")" 0
done_testing
