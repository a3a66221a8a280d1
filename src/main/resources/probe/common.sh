# Comes before counters.sh and attach.sh. Comments and indentation are taken out before a script is sent.
# Usage: sh -c SCRIPT heapwarden-probe BOUNDARY [ARGUMENT...]

# By its beginning what watches processes tells it from other shells: the name that is given to it may be cut off behind the text.
: heapwarden-probe
b=$1
n=0
say() { printf '%s\n' "$*"; }
section() { n=$((n + 1)); printf '\n%s %s\n' "$b" "$1"; }
finish() { printf '\n%s end %s\n' "$b" "$n"; exit 0; }

# having TEXT FILE...: the files that contain a text. first TEXT FILE: the first line that does. Some images have no grep.
if command -v grep >/dev/null 2>&1; then
  having() { grep -Fls -e "$@"; }
  first() { grep -Fsm1 -e "$@"; }
else
  having() {
    t=$1; shift
    for f; do case $(cat "$f") in *"$t"*) say "$f" ;; esac; done
  }
  first() {
    while IFS= read -r l; do case $l in *"$1"*) say "$l"; return ;; esac; done <"$2"
  }
fi

# The clock tick at which a process started: field 22 of /proc/PID/stat. The second field may hold blanks and brackets.
started() {
  IFS= read -r l <"/proc/$1/stat" || return
  set -- ${l##*) }
  say "${20}"
}

# The directory with the memory files of a process's control group, and its version. Inside a container the group is the root of what is
# mounted, whatever path /proc says.
cgroup() {
  p1= p2= c=
  while IFS=: read -r id names group; do
    case $id:,$names, in
      *,memory,*) p1=$group ;;
      0:,,) p2=$group ;;
    esac
  done <"/proc/$1/cgroup"
  for d in "/sys/fs/cgroup/memory$p1" /sys/fs/cgroup/memory; do
    [ -r "$d/memory.limit_in_bytes" ] && { c=1; return; }
  done
  for d in "/sys/fs/cgroup$p2" /sys/fs/cgroup; do
    [ -r "$d/memory.current" ] && { c=2; return; }
  done
}
