#!/bin/sh
# A clock that was set back, and files that are dated in the future.
. "${0%/*}/lib.sh"
checkout
TASK=tiny
task tiny
settings='L=1 M=1 T=0 K=0 R=0'
dated() { # days, file...: moves their times
	days=$1
	shift
	/usr/bin/python3 -c '
import os, sys
for top in sys.argv[2:]:
    for folder, _, names in os.walk(top):
        for path in [folder] + [os.path.join(folder, n) for n in names]:
            if not os.path.islink(path):
                t = os.lstat(path).st_mtime_ns + int(float(sys.argv[1]) * 86400e9)
                os.utime(path, ns=(t, t))' "$days" "$@"
}
again() { # what make makes of it
	mark
	build
	made | tr '\n' ' '
}
dated -9 work/tiny/data
build $settings
is 'a run ends' $? 0
dated 1 work/tiny/run work/tiny/task.md prompts
is 'after the clock was set back a day nothing is made again' "$(again)" ''
like 'and it is told' "$(cat "$TMP/said")" '^hold: look at work/tiny/run: it is dated 8[0-9]+ s in the future: the clock was set back'
echo 'It is hot.' >>work/tiny/task.md
like 'what is edited then is seen' "$(again)" 'cat in/task.md.* read-task task.json'
is 'once' "$(again)" ''
touch work/tiny/run/1/models.json
like 'what is touched, too' "$(again)" '^(evaluate 1/draft/1.json )?draft 1/draft/1.draft.py $'
is 'once' "$(again)" ''
dated 400 work/tiny/task.md work/tiny/data prompts
again >"$TMP/first"
is 'inputs that are dated in the future are not looked at for ever' "$(again)" ''
echo 'It is cold.' >>work/tiny/task.md
like 'and an edit is seen' "$(again)" 'cat in/task.md.* read-task task.json'
is 'once' "$(again)" ''
done_testing
