# Looks at, reads or removes a file that Heapwarden had a JVM write, or says what a directory for one is like.
# Arguments: BOUNDARY PID TICKS COMMAND PATH [LIMIT]; COMMAND is size, read, remove or space.

pid=$2 ticks=$3 command=$4 path=$5 most=${6:-0}
refuse() { section refused; say "$*"; finish; }
exec 2>/dev/null

# Paths are of few letters and go straight down; in a subshell, as the application's locale may take other letters for a to z.
(LC_ALL=C; case $path in *[!A-Za-z0-9._/-]* | *//* | */./* | */../* | */. | */.. | */) exit 1 ;; /?*) ;; *) exit 1 ;; esac) || refuse path

# What the directory is on, and what is free there: each as its source says it.
space() {
  [ -d "$path" ] && [ ! -L "$path" ] || refuse absent
  section about
  [ -w "$path" ] && say 'writable yes'
  best= at=
  set -f
  while IFS= read -r l; do
    set -- $l
    m=${5%/}
    case $path/ in "$m"/*) [ ${#5} -ge ${#at} ] && { at=$5; best=$l; } ;; esac
  done </proc/self/mountinfo
  say "mount $best"
  if l=$(df -kP "$path"); then
    l=${l##*
}
    say "df $l"
  elif l=$(stat -f -c '%S %b %a' "$path"); then
    say "statfs $l"
  fi
  # How full an emptyDir is, which may have a limit of its own. Not worth waiting for.
  case $best in
    *kubernetes.io~empty-dir*)
      if timeout 9 true; then limit='timeout 5'; else limit=; fi
      l=$($limit du -skx "$path") && say "used ${l%%[!0-9]*}"
      ;;
  esac
  finish
}
[ "$command" = space ] && space

case ${path##*/} in heapwarden-?*) ;; *) refuse path ;; esac
[ "$(started "$pid")" = "$ticks" ] || refuse gone
user=
while IFS= read -r l; do case $l in Uid:*) set -- $l; user=$3 ;; esac; done <"/proc/$pid/status"

# A file's name can be made to mean another file at any time, so it is opened first and then judged by what is open: not reached through a
# link, a plain file of one name, owned by the JVM's user. Opening a pipe would wait.
judge() {
  [ -L "$path" ] && refuse link
  [ -e "$path" ] || refuse absent
  [ -f "$path" ] || refuse kind
  exec 3<"$path" || refuse unreadable
  l=$(ls -ld "/proc/$$/fd/3")
  [ "${l##* }" = "$path" ] || refuse link
  set -- $(ls -lndL "/proc/$$/fd/3")
  case $1 in -*) ;; *) refuse kind ;; esac
  [ "$2" = 1 ] || refuse link
  [ "$3" = "$user" ] || refuse owner
  bytes=$5
}

case $command in
  size)
    judge
    section size
    say "$bytes"
    ;;
  read)
    judge
    [ "$bytes" -le "$most" ] || refuse long "$bytes"
    section size
    say "$bytes"
    section content
    cat <&3
    ;;
  remove)
    # A dump that was cut may have left its parts, too.
    removed=0
    for path in "$path" "$path".p*; do
      [ -e "$path" ] || [ -L "$path" ] || continue
      judge
      rm -f "$path" || refuse unremovable
      removed=$((removed + 1))
    done
    section removed
    say "$removed"
    ;;
  *) refuse command ;;
esac
finish
