#!/bin/sh
# describe and list: what is in a data folder.
. "${0%/*}/lib.sh"
d=$TMP/data
mkdir "$d"

file() { # name: a fresh folder with this file alone, from stdin
	rm -rf "$d"
	mkdir "$d"
	cat >"$d/$1"
}
see() { # jq filter: of the only file
	describe "$d" | jq -cr ".files[0] | $1"
}
what='[.format, .encoding, .rows, (.columns | length)] | join(" ")'
problems='.problems | join("; ")'

peak() { # command: its document to doc, the most memory it took to peak
	"${PYTHON:-/usr/bin/python3}" - "$@" >"$TMP/doc" 2>"$TMP/peak" <<-'END'
	import resource, subprocess, sys
	subprocess.run(sys.argv[1:], check=True)
	most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
	print(most // 1024, file=sys.stderr)
	END
}

# columns
file a.csv <<'END'
id,size,on,day,word,mixed,none
1,1.5,true,2020-01-31,red,1,
2,-2e3,false,2020-02-01,blue,x,
3,NA,True,2019-12-31T10:00:00Z,red,3,?
END
is 'a column has a type' "$(see '[.columns[].type] | join(" ")')" \
	'integer number boolean date text text empty'
is 'missing values are counted' \
	"$(see '[.columns[].missing] | join(" ")')" '0 1 0 0 0 0 3'
is 'and told how they are written' \
	"$(see '.columns[1].missing_as, .columns[6].missing_as')" '["NA"]
["?"]'
is 'numbers have a range and a mean' \
	"$(see '.columns[1] | [.min, .max, .mean]')" '[-2000,1.5,-999.25]'
is 'dates have a range' "$(see '.columns[3].min')" 2019-12-31T10:00:00Z
is 'values are told apart, and some shown' \
	"$(see '.columns[4] | [.distinct, .examples]')" '[2,["red","blue"]]'
seq 0 1500 | file a.csv
is 'no more than 1000 values are told apart' \
	"$(see '.columns[0].distinct')" 1000+
is 'a header of numbers is doubted' "$(see "$problems")" \
	'the first line is all numbers: the header may be missing'
is 'the same data give the same document' \
	"$(describe "$d" | cksum)" "$(describe "$d" | cksum)"
list "$d" >"$TMP/list"
is 'a list of the files may be given' \
	"$(describe "$d" "$TMP/list")" "$(describe "$d")"
is 'also on stdin' "$(list "$d" | describe "$d" -)" "$(describe "$d")"

# forms
printf 'a\tb\n1\t2\n' | file a.tsv
is 'tabs part the columns of a tsv' "$(see "$what")" 'tsv utf-8 1 2'
printf 'a;b\n1;2,5\n' | file a.csv
is 'semicolons are found' "$(see '.delimiter, (.columns | length)')" ';
2'
printf 'a;b;c\n1,5;2;x\n-3;,5;1,5\n' | file a.csv
is 'decimal commas are told of' "$(see "$problems")" "2 columns have decimal commas: 'a' .."
printf '\n\r\na;b\n1;2\n' | file a.csv
is 'below empty lines, too' "$(see '[.columns[].name] | join(" ")')" 'a b'
printf '{"a":1,"b":"x"}\n{"b":null,"c":[1]}\nno\n' | file a.jsonl
is 'lines of JSON are a table' "$(see "$what")" 'jsonl utf-8 2 3'
is 'in which keys may lack' "$(see '[.columns[].missing] | join(" ")')" '1 1 1'
is 'and bad lines are counted' "$(see "$problems")" '1 line is no JSON object'
for f in csv tsv jsonl; do
	case $f in
	csv) printf 'a,b\n1,2\n' ;;
	tsv) printf 'a\tb\n1\t2\n' ;;
	jsonl) printf '{"a":1,"b":2}\n' ;;
	esac | gzip | file "a.$f.gz"
	is "$f may be compressed" "$(see '[.compressed, .rows, .problems]')" \
		'[true,1,[]]'
done

# bad input
bad() { # sentence, WHAT | problems
	is "$1" "$(see "$what") | $(see "$problems")" "$2"
}
printf 'a,b\n1,2,3\n4\n5,6\n' | file a.csv
bad 'ragged rows are counted' \
	'csv utf-8 3 2 | 1 row has more fields than the header; 1 row has fewer fields than the header'
printf 'a,b\n1,x\0y\n' | file a.csv
bad 'NUL bytes are counted' \
	'csv utf-8 1 2 | 1 NUL byte'
printf '\357\273\277a,b\n1,2\n' | file a.csv
bad 'a byte order mark is no part of a name' \
	'csv utf-8-bom 1 2 | '
is 'so the name is clean' "$(see '.columns[0].name')" a
printf 'a,b\r\n1,2\r\n' | file a.csv
bad 'CRLF ends a line' 'csv utf-8 1 2 | '
is 'and is no part of a value' "$(see '.columns[1].type')" integer
printf 'a,b\r1,2\r3,4\r' | file a.csv
bad 'so does CR' 'csv utf-8 2 2 | '
printf 'a,b\n1,"x\ny"\n2,"p""q,"\n' | file a.csv
bad 'newlines may be quoted' \
	'csv utf-8 2 2 | '
is 'and are kept' "$(see '.columns[1].examples')" '["x\ny","p\"q,"]'
printf 'n\350me,b\n\351t\351,2\n' | file a.csv
bad 'what is not UTF-8 is latin-1' \
	'csv latin-1 1 2 | '
is 'and is shown as UTF-8' \
	"$(see '[.columns[0].name, .columns[0].examples[0]] | join(" ")')" 'nème été'
printf '\377\376a\0,\0' | file a.csv
bad 'UTF-16 is refused' \
	'csv utf-16 0 0 | UTF-16 is not read: store it as UTF-8'
printf 'a\n1\n\n3' | file a.csv
bad 'one column will do, blank lines are no rows' \
	'csv utf-8 2 1 | '
printf 'a,b\n' | file a.csv
bad 'a header may stand alone' \
	'csv utf-8 0 2 | there are no rows below the header'
printf '' | file a.csv
bad 'a file may be empty' 'csv utf-8 0 0 | it is empty'
printf '\n\n\n' | file a.csv
bad 'so are blank lines' 'csv utf-8 0 0 | it is empty'
printf 'a,,a,a,\n1,2,3,4,5\n' | file a.csv
bad 'blank and repeated names are told' \
	"csv utf-8 1 5 | 2 columns have no name; 2 column names are repeated: 'a' .."
printf 'a,b\n1,"open\nend\n' | file a.csv
bad 'a quote that stays open is told' \
	'csv utf-8 1 2 | a quote is opened and never closed'
{ printf 'a,b\n1,"'; head -c 3000000 /dev/zero | tr '\0' x; printf '"\n2,y\n'; } | file a.csv
bad 'a field may have 3 MB' 'csv utf-8 2 2 | '
{ printf 'a,b\n1,2\n1,"'; head -c 20000000 /dev/zero | tr '\0' x; } | file a.csv
bad 'but not 20' 'csv utf-8 1 2 | a record is longer than 8 MB (a quote that is never closed?): nothing after it was read'
seq 10000 | sed 's/.*/gene_&/' | paste -sd , >"$TMP/wide"
seq 10000 | paste -sd , >>"$TMP/wide"
file a.csv <"$TMP/wide"
bad 'columns like each other are joined' 'csv utf-8 1 3 | '
is 'by their first and last name' \
	"$(see '.columns[1] | [.name, .columns, .min, .max]')" \
	'["gene_401..gene_9900",9500,401,9900]'
printf 'a,b\n1,2\n' | file a.csv.gz
is 'a .gz that is none is read, and told' "$(see "$problems")" \
	'it is named .gz, but not compressed'
seq 100000 | gzip | head -c 100000 | file a.csv.gz
like 'a .gz that is cut is read so far' "$(see '.rows')" '^[0-9]{5}$'
like 'and told' "$(see "$problems")" 'the compressed data are cut or damaged'

# no data
is 'no folder is an error' "$(describe "$TMP/no" 2>&1; echo $?)" \
	"describe: open $TMP/no: No such file or directory
100"
is 'so for list' "$(list "$TMP/no" 2>&1; echo $?)" \
	"list: open $TMP/no: No such file or directory
100"
mkdir "$TMP/empty"
is 'so is an empty one' "$(list "$TMP/empty" 2>&1; echo $?)" \
	"list: read $TMP/empty: it holds no files
100"
is 'so is no argument' "$(describe 2>&1; echo $?)" \
	'usage: describe DATA [LIST]
100'
printf 'x\n' >"$TMP/list"
is 'so is a list that is none' "$(describe "$d" "$TMP/list" 2>&1; echo $?)" \
	"describe: read $TMP/list: no list of files
100"
printf 'gone.csv\t1\t1.0\n' >"$TMP/list"
is 'so is a file that is gone' "$(describe "$d" "$TMP/list" 2>/dev/null; echo $?)" \
	"$(printf '{"files":[\n 100')"
if [ "$(id -u)" = 0 ]; then
	as_nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }
else
	as_nobody() { "$@"; }
fi
printf 'a\n' | file a.csv
chmod 000 "$d/a.csv"
like 'so is a file that may not be read' "$(as_nobody describe "$d" 2>&1)" \
	"describe: open $d/a.csv: Permission denied"
chmod 000 "$d"
is 'so is a folder' "$(as_nobody list "$d" 2>&1; echo $?)" \
	"list: open $d: Permission denied
100"
chmod 755 "$d"

# folders
printf 'hello\n' | file README
printf '\0\1' >"$d/x.dat"
: >"$d/a.png"
mkdir "$d/a" "$d/a-b"
: >"$d/a/1.txt"
: >"$d/a-b/1.txt"
is 'other files have a kind' \
	"$(describe "$d" | jq -r '.files[] | .path + " " + .kind')" \
	'README text
a-b/1.txt text
a.png image
a/1.txt text
x.dat binary'
is 'a list is sorted by bytes' "$(list "$d" | cut -f 1)" 'README
a-b/1.txt
a.png
a/1.txt
x.dat'
ln -s README "$d/link"
ln -s . "$d/loop"
like 'it follows links to files, not to folders' \
	"$(list "$d" | cut -f 1,2 | tr '\n' ' ')" 'link	6 x.dat'
ln -sf "$TMP/elsewhere" "$d/link"
: >"$TMP/elsewhere"
is 'a link that leads out is refused at once' "$(list "$d" 2>&1 >/dev/null)" \
	"list: read $d/link: a link that leads out of the data, where scripts cannot follow: put the file itself there (cp -L, or ln)"
ln -sf README "$d/link"
touch -d @1234567890.5 "$d/README"
is 'it has size and time' "$(list "$d" | head -n 1)" \
	'README	6	1234567890.500000000'
printf '' | file "$(printf 'a\tb')"
like 'it refuses a name with a tab' "$(list "$d" 2>&1)" 'a name with a tab'

rm -rf "$d"
mkdir -p "$d/images" "$d/train"
(cd "$d/images" && seq -w 0 99999 | sed 's/$/.png/' | xargs touch)
for i in $(seq 50); do
	mkdir "$d/train/p$i"
	: >"$d/train/p$i/a.txt"
done
peak describe "$d"
is 'a crowded folder is summed' \
	"$(jq -c '.folders[0] | [.path, .files, .extensions]' "$TMP/doc")" \
	'["images",100000,{".png":100000}]'
is 'with a few of its files' "$(jq -c '.folders[0].samples' "$TMP/doc")" \
	'["images/00000.png","images/00001.png","images/00002.png"]'
is 'so are crowds of folders' \
	"$(jq -c '.folders[1] | [.path, .folders, .files]' "$TMP/doc")" \
	'["train/*",50,50]'
is 'and nothing else is listed' "$(jq -c .files "$TMP/doc")" '[]'
echo "# peak memory $(cat "$TMP/peak") MB for 100,050 files"
ok 'a large folder takes little memory' test "$(cat "$TMP/peak")" -lt "${SAN:+10}64"

rm -rf "$d"
mkdir "$d"
for i in $(seq -w 120); do
	echo a,b >"$d/$i.csv"
done
is 'of a crowd of tables three are described' \
	"$(describe "$d" | jq -c '[(.files | length), .folders[0].path,
		.folders[0].files]')" '[3,".",120]'

# 1 GB
rm -rf "$d"
mkdir "$d"
seq 200000 | sed 's/.*/&,&.25,red,"some, text &",2020-01-31/' >"$TMP/rows"
{
	echo id,value,colour,note,day
	while cat "$TMP/rows"; do :; done | head -c 1073741824
} >"$d/big.csv"
peak describe "$d"
rm -rf "$d"
is 'a table of 1 GB is read' \
	"$(jq -c '.files[0] | [.bytes > 1e9, .rows > 2e7, (.columns | length)]' \
	"$TMP/doc")" '[true,true,5]'
echo "# peak memory $(cat "$TMP/peak") MB for 1 GB"
ok 'it takes little memory' test "$(cat "$TMP/peak")" -lt "${SAN:+10}64"

# nasty input, with the compiler looking
if cc -fsanitize=address,undefined -fno-sanitize-recover -x c - -o "$TMP/try" \
	2>/dev/null <<'END'
int main(void) { return 0; }
END
then
	lib=tools/lib
	cc -g -O1 -std=c11 -D_GNU_SOURCE -Itools -o "$TMP/describe" \
		-fsanitize=address,undefined -fno-sanitize-recover tools/describe.c \
		$lib/die.c $lib/text.c $lib/file.c $lib/json.c $lib/reader.c \
		$lib/table.c $lib/value.c $lib/column.c $lib/join.c $lib/profile.c \
		$lib/walk.c $lib/folder.c \
		-lcjson -lz
	mkdir "$d"
	k=0
	while read -r nasty; do
		k=$((k + 1))
		for ext in csv jsonl; do
			printf "$nasty" >"$d/$k.$ext"
			printf "$nasty" | gzip >"$d/$k.$ext.gz"
			printf "$nasty" | gzip | head -c 25 >"$d/cut$k.$ext.gz"
		done
		printf "$nasty" >"$d/$k.tsv.gz"
	done <<'END'
"
""
","
"a
"a""
a"b,c"d\n"x"y,"z" w\n
,,,,\n,\n
\n\n,\n
\r\r\n\r
a\r\n"b\r\nc\r
\0
\0\0\n\0,\0\n
a,b\n\0,"\0"\n
\357\273\277
\357\273\277"
\357\273
\377\376
\377\377,\200\n\300\257,\355\240\200
a\n1e999\n-1e999\n1e-999\n
a\n1e99999999999999999999\n-\n+\n.\n-.\n1e\n1e+\n0x10\n
a\n99999999999999999999999999999999999999\n-0\n00\n
a\ninf\n-Infinity\nnan\nNaN\n
d\n2020-13-45\n2020-01-01T\n2020-01-01 x\n99/99/9999\n
d\n2020-01-01T00:00:00.000000000+00:00Z:\n
{}
{"a"}
[1]\n{"a":{"b":[1]}}\n{"a":null,"a":1}\n
{"":""}\n{"a":"\\u0000"}\n{"a":1e999}\n
{"a":"\357\277\n
null\ntrue\n"x"\n
a;b,c\td|e\n1;2,3\t4|5\n
END
	seq 2000 | sed 's/.*/{"k&":&}/' >"$d/keys.jsonl"
	seq 200000 | paste -sd , >"$d/wide.csv"
	head -c 300000 /dev/urandom >"$d/noise.csv"
	head -c 300000 /dev/urandom >"$d/noise.jsonl"
	head -c 300000 /dev/urandom >"$d/noise.csv.gz"
	export ASAN_OPTIONS=detect_leaks=0
	if "$TMP/describe" "$d" >"$TMP/doc" 2>"$TMP/err"; then
		tell ok 'nasty input does no harm'
	else
		tell 'not ok' 'nasty input does no harm'
		sed 's/^/# /' "$TMP/err"
	fi
	ok 'and the document is JSON' jq -e .folders "$TMP/doc"
	ok 'in UTF-8' iconv -f UTF-8 -t UTF-8 "$TMP/doc"
fi
done_testing
