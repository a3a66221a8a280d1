# Gathers what the security checks judge by: the JVM's options, the code it runs, its rights, the processes around it, its open ports.
# Arguments: BOUNDARY PID TICKS KNOWN; TICKS may be empty. KNOWN is the count of sockets that an earlier look at the same process said: what cannot be
# otherwise since then is said to be the same; empty has all be told. Stands alone, without common.sh. Reads only /proc, the JDK's file release and the
# names of links; five programs are started at most and some 240 KiB said, whatever there is to see. Of options no value leaves the container that could
# be a secret.

# As in common.sh: by its beginning what watches processes tells it from other shells.
: heapwarden-probe
exec 2>/dev/null
export LC_ALL=C
b=$1 pid=$2 ticks=$3 known=$4 n=0 k=0 t=0 me=/proc/$2 nl='
'
say() { t=$((t + 1)); [ $t -gt 450 ] || printf '%.400s\n' "$1"; }
section() { n=$((n + 1)); printf '\n%s %s\n' "$b" "$1"; }
finish() { printf '\n%s end %s\n' "$b" "$n"; exit 0; }

section about
read -r l <$me/stat
set -- ${l##*) }
[ "${20}" ] && [ "${ticks:-${20}}" = "${20}" ] || { say gone; finish; }
say "ticks ${20}"
say "self $$"

# 1. Up to 64 processes: the JVM, where there are more its children, and others. Those of other containers have another root directory. A program
# that is younger than its JVM came into the container later; how old the JVM is, its directory in /proc tells.
kids=
IFS=$nl
set -- /proc/[0-9]*
[ $# -gt 64 ] && { IFS=" $nl"; for p in $(cat $me/task/*/children); do kids="$kids/proc/$p$nl"; done; IFS=$nl; say more; }
files= exes=
for d in $me $kids "$@"; do
  [ $k = 64 ] && break
  k=$((k + 1))
  files=$files$nl$d/status exes=$exes$nl$d/exe p=${d#/proc/}
  [ $d/root -ef / ] || { [ -d $d/root/ ] && say "foreign $p"; }
  [ $d/exe -nt $me ] && say "new $p"
done

# 2. What the kernel says: how many sockets there are, code that is mapped, the root file system, processes.
section kernel
files="$me/net/sockstat$nl$me/net/sockstat6$nl$me/net/snmp$nl$files$nl$me/mounts$nl$me/maps"
f=$(grep -Eh '^TCP6?: inuse|^Tcp: [0-9]|^(Name|Pid|PPid|Uid|NSpid|CapEff|NoNewPrivs|Seccomp):|^[^ ]+ / |^[^ ]+ [-r][-w]x[ps] .*/|\.jar \(deleted\)$' $files)
set -f
[ "$f" ] || for l in $(cat $files); do
  case $l in
    TCP*': inuse '* | 'Tcp: '[0-9]* | Name:* | Pid:* | PPid:* | Uid:* | NSpid:* | CapEff:* | NoNewPrivs:* | Seccomp:* | *' / '*' r'[ow]* | *' '??x[ps]' '*/* | *.jar' (deleted)') f=$f$nl$l ;;
  esac
done
case $f in */libjvm.so*) ;; *) section refused; say gone; finish ;; esac
printf '%.60000s\n' "$f"

# 3. Links: which program a process is, which sockets the JVM has, its attach socket. A JVM with very many files open is not asked for them.
l=${f#*NSpid:} l=${l%%$nl*} inner=${l##*[!0-9]}
set +f
set -- $me/fd/[0-9]*
[ $# -gt 512 ] && set --
section links
[ "$*" ] && say 'fds yes'
s=$(ls -ldn $exes "$@" /tmp/.java_pid${inner:-$pid})
set -f
for l in $s; do
  case $l in */exe' '* | *' /tmp/.'* | *'.jar (deleted)') say "$l" ;; esac
done

# 4. Sockets that listen: the kernel lists them first, and after that walks the table of all connections of the node, however few of them are the pod's.
# So it is not asked where the pod has no socket, nor where as many are no connections as it is known.
section sockets
four=${f#*TCP: inuse } four=${four%%[!0-9]*} six=0 l=${f#*${nl}Tcp: } c=
case $f in *TCP6:*) six=${f#*TCP6: inuse } six=${six%%[!0-9]*} ;; esac
IFS=' '
case $f in
  TCP:*Tcp:*)
    set -- ${l%%$nl*}
    c=$((four + six - ${9:-0}))
    say "count $c"
    ;;
  *) four=1 six=1 ;;
esac
IFS=$nl
if [ "$known" ] && [ "$c" = "$known" ]; then
  say same
  four=0 six=0
fi
for x in tcp:$four tcp6:$six; do
  [ ${x#*:} = 0 ] || while IFS=' ' read -r a local a st a a a uid a inode a; do
    case $st in
      st) ;;
      0A)
        own=no
        case $s in *"socket:[$inode]"*) own=yes ;; esac
        say "$local $uid $own"
        ;;
      *) break ;;
    esac
  done <$me/net/${x%:*}
done

# 5. The JDK, and options below: a process keeps those that it was started with.
section release
[ "$known" ] && { say same; section options; say same; finish; }
l=${f%%/libjvm.so*} l=/${l##* /} l=${l%/lib/*}
say "home $l"
for r in "$l" "${l%/jre}"; do
  while IFS= read -r x || [ "$x" ]; do
    case $x in JAVA_VERSION=*) say "$x"; break ;; esac
  done <"$r/release" && break
done

# 6. Options, of the command line and of the environment. Truths are said, and what JMX and the debugger are told of addresses; of agents their
# file; of anything else the name only, as the value may be a secret; and a word that follows a password's name is passed over.
skip=
option() {
  [ $skip ] && { skip=; return; }
  case $1 in
    -agentlib:jdwp* | -Xrunjdwp*)
      o=jdwp IFS=,
      for w in ${1#*jdwp?}; do
        case $w in address=* | server=* | suspend=* | onjcmd=*) o=$o,$w ;; esac
      done
      IFS=$nl
      say "$v $o"
      ;;
    -agentlib:* | -agentpath:* | -javaagent:* | -D*.password*) say "$v ${1%%=*}" ;;
    -XX:[+-]DisableAttachMechanism | -XX:[+-]EnableDynamicAgentLoading | -Dcom.sun.management.jmxremote* | -D*=true | -D*=false) say "$v $1" ;;
    -X* | --add-*) ;;
    -*=*) say "$v ${1%%=*}" ;;
    -D*) say "$v $1" ;;
    -*[Pp]assw* | -*[Ss]ecret* | -*[Tt]oken*) say "$v $1"; skip=1 ;;
    @*) say "$v @" ;;
  esac
}
section options
v=command a=
for a in $(tr '\n\0' '\1\n' <$me/cmdline); do option "$a"; done
[ "$a" ] && say read
skip=
for e in $(tr '\n\0' ' \n' <$me/environ); do
  v=${e%%=*}
  case $v in
    JAVA_TOOL_OPTIONS | JDK_JAVA_OPTIONS | _JAVA_OPTIONS)
      e=${e#*=}
      # A quoted part may hold blanks, and anything; it is left out.
      for q in '"' "'"; do
        while :; do
          case $e in
            *$q*$q*) a=${e#*$q} e=${e%%$q*}${a#*$q} ;;
            *$q*) e=${e%%$q*} ;;
            *) break ;;
          esac
        done
      done
      IFS=' 	'
      for a in $e; do IFS=$nl; option "$a"; done
      IFS=$nl
      ;;
  esac
done
finish
