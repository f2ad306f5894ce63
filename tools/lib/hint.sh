#!/bin/sh
# hint.sh WORDS [SYS]: what to do about a sandbox that cannot be set up, by the
# words that bwrap, or run, said; nothing if they are no such.  SYS: /proc/sys.
words=$1 sys=${2:-/proc/sys}
knob() { # name: its value
	cat "$sys/$1" 2>/dev/null
}
few() { # knobs of namespaces that are too low
	for k in user net mnt pid ipc uts cgroup; do
		n=$(knob "user/max_${k}_namespaces")
		[ "${n:-9}" -ge 2 ] || printf ' user.max_%s_namespaces=1000' "$k"
	done
}
docker='in Docker: docker run --security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined'

case $words in
*'start /usr/bin/bwrap:'*)
	fix='install bubblewrap: ./configure --install' ;;
*'mount namespace as root'*)
	fix="$docker --cap-add SYS_ADMIN" ;;
*'uid map'*|*RTM_NEWADDR*)
	fix='AppArmor forbids it (Ubuntu): sysctl kernel.apparmor_restrict_unprivileged_userns=0, or a profile for /usr/bin/bwrap with "userns,"' ;;
*'No permissions to create new namespace'*)
	if [ "$(knob kernel/unprivileged_userns_clone)" = 0 ]; then
		fix='sysctl kernel.unprivileged_userns_clone=1'
	else
		fix="user namespaces are not allowed; $docker; in a chroot there are none"
	fi ;;
*'No space left'*|*ENOSPC*)
	low=$(few)
	fix="sysctl${low:- user.max_user_namespaces=1000 user.max_net_namespaces=1000}" ;;
*"Can't mount proc"*)
	fix=$docker ;;
*'temporarily unavailable'*)
	fix='raise the number of processes: ulimit -u' ;;
*overflowuid*)
	fix='mount /proc' ;;
bwrap:*)
	fix='scripts can only run where bwrap does' ;;
*)
	exit 0 ;;
esac
echo "$fix; or SANDBOX=none, without a sandbox and at your own risk"
