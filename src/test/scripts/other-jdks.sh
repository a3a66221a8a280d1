#!/bin/sh
# Unpacks JDKs that this Debian has no packages of into a directory, so that fixtures can be recorded from them. Nothing is installed.
#
#   other-jdks.sh DIRECTORY [VERSION]...      default 8 11 21; prints where each JDK is; needs root, mmdebstrap and patchelf
#
# They come from Debian unstable with its C library, which is newer than this system's: their programs and libraries are told where to find it.
set -eu

fail() {
    echo "other-jdks.sh: $*" >&2
    exit 1
}

[ $# -gt 0 ] || fail "name a directory"
root=$1
shift
[ $# -gt 0 ] || set -- 8 11 21
case $root in /*) ;; *) root=$PWD/$root ;; esac
for tool in mmdebstrap patchelf; do
    command -v "$tool" >/dev/null || fail "$tool is missing: apt-get install $tool"
done

packages=
for version in "$@"; do packages=$packages,openjdk-$version-jdk-headless; done
if [ ! -d "$root/usr/lib/jvm" ]; then
    mmdebstrap --quiet --variant=extract --include="${packages#,}" '--aptopt=Acquire::Check-Valid-Until "false"' sid "$root" >&2
fi

libraries=$root/usr/lib/x86_64-linux-gnu
loader=$libraries/ld-linux-x86-64.so.2
[ -e "$loader" ] || fail "$loader is not there; only x86-64 is known"
for version in "$@"; do
    jdk=$root/usr/lib/jvm/java-$version-openjdk-amd64
    [ -d "$jdk" ] || fail "unstable has no openjdk-$version-jdk-headless any more"
    # Configuration is a link into /etc, which has to be the unpacked one.
    find "$jdk" -type l | while read -r link; do
        target=$(readlink "$link")
        case $target in "$root"/*) ;; /*) ln -sfn "$root$target" "$link" ;; esac
    done
    find "$jdk" -type f \( -perm -u+x -o -name '*.so' \) | while read -r file; do
        patchelf --print-rpath "$file" >/dev/null 2>&1 || continue
        own=$(patchelf --print-rpath "$file")
        case $own in *"$libraries"*) continue ;; esac
        patchelf --force-rpath --set-rpath "${own:+$own:}$libraries" "$file"
        if patchelf --print-interpreter "$file" >/dev/null 2>&1; then patchelf --set-interpreter "$loader" "$file"; fi
    done
    "$jdk/bin/java" -version >/dev/null 2>&1 || fail "$jdk does not run"
    echo "$jdk"
done
