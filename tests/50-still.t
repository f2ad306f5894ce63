#!/bin/sh
# A make that has nothing to do need not look at each step, until something
# happens.
. "${0%/*}/lib.sh"
checkout
TASK=tiny W=work/tiny/run
task tiny
rules </dev/null
looked() { # did the last make ask each step: then it held the run's lock
	[ "$(stat -c %y $W/.lock)" != "$lock" ] && echo yes || echo no
}
again() { # [ARG...]: makes the run, says whether it looked, and what it made
	lock=$(stat -c %y $W/.lock)
	mark
	build "$@"
	echo "$(looked) $(made | wc -l)"
}
quiet() { # the next make looks at nothing
	again >/dev/null
	is "$1, once" "$(again)" 'no 0'
}
dated() { # FILE COMMAND...: changes the file, which keeps its time
	of=$1
	touch -r "$of" "$TMP/.time"
	shift
	"$@" "$of" && touch -r "$TMP/.time" "$of"
}
build L=1 M=1 T=1 K=1 R=1
is 'a make after a run looks at no step' "$(again)" 'no 0'
like 'and says how things stand' "$(cat "$TMP/said")" '^work/tiny/run is up to date: .*rmse [0-9.]+, by the script of '
is 'as it does when it looks' "$(cat "$TMP/said")" "$(make TASK=tiny V=1)"
is 'make run is the same' "$(make run TASK=tiny)" "$(cat "$TMP/said")"

# what a make would do something about
touch $W/1/draft/1.draft.py
is 'it looks when a draft was touched' "$(again | cut -d' ' -f1)" yes
like 'and evaluates it' "$(made)" 'evaluate 1/draft/1.json'
is 'and not again' "$(again)" 'no 0'
rm $W/1/draft/1.try/1.py
again >/dev/null
like 'when a try is gone' "$(made)" 'evaluate 1/draft/1.json'
sed -i 's/^draft/draft -x/' $W/1/draft/.1.draft.py.cmd
again >/dev/null
like 'when a command is another' "$(made)" '^draft 1/draft/1.draft.py'
sed -i 's/3,5,6/3,5,7/' work/tiny/data/train.csv
again >/dev/null
like 'when the data changed' "$(made)" '^describe data.json'
echo >>prompts/plan.md
again >/dev/null
like 'when a prompt did' "$(made)" '^plan 1/1/1.plan.md'
echo 'SEED = 2' >work/tiny/config.mk
again >/dev/null
like 'when a setting is new' "$(made)" '^draft 1/draft/1.draft.py'
mkdir work/tiny/models
echo '# A card' >work/tiny/models/mine.md
again >/dev/null
like 'when there is a card' "$(made)" '^draft 1/draft/2.draft.py'
rm -r $W/1/1
again >/dev/null
like 'when a folder is gone' "$(made)" '^plan 1/1/1.plan.md'
quiet 'After all that no step is looked at'

# what may be something to make
make pin F=$W/1/draft/1.draft.py >/dev/null
is 'it looks when a file was pinned' "$(again)" 'yes 0'
dated $W/1/draft/1.draft.py sed -i 's/^score = .*/score = 1/'
is 'when an edit was dated back' "$(again)" 'yes 0'
cp -p $W/brief.md "$TMP" && mv "$TMP/brief.md" $W
is 'when a file was replaced by an equally old one' "$(again)" 'yes 0'
touch mk/star.mk
is 'when the rules are new' "$(again)" 'yes 0'
rm $W/report.html
is 'when the page is gone' "$(again; ls $W/report.html)" "yes 0
$W/report.html"
touch -d '1 hour ago' $W/report.html
echo cut >$W/report.html.tmp
is 'or of an earlier state, for it was killed while it was written' \
	"$(again; ls $W/report.html* | wc -l; tail -n 1 $W/report.html)" "yes 0
1
</html>"
again >/dev/null
mv work/tiny/run work/tiny/moved
cp -a work/tiny/moved work/tiny/run
is 'in a copy' "$(again)" 'yes 0'
rm $W/.still.files
is 'when it cannot know what to look at' "$(again; cat "$TMP/said")" "yes 0
$(make TASK=tiny)"
is 'when a setting is given' "$(again SEED=2)" 'yes 0'
quiet 'It does not when a setting is what it was'

# what is no file of the run
make TASK=tiny -n >"$TMP/dry"
is 'make -n says nothing' "$(grep -c keep "$TMP/dry")" 0
is 'a wrong setting is refused as ever' "$(make TASK=tiny SEEED=1 2>&1 | grep -c 'no such setting')" 1
make unpin TASK=tiny >/dev/null
make clean TASK=tiny >/dev/null 2>&1
is 'make clean leaves nothing of it' "$(ls -d $W/.still* 2>/dev/null)" ''
done_testing
