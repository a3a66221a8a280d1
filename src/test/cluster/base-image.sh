#!/usr/bin/env bash
# base-image.sh NAME...: makes base images from Debian packages for machines that reach no image registry, and prints their names.
# A base image is made once a machine and stays in buildah's storage; `buildah rmi` it to have it made anew.
#   glibc    glibc, zlib, libstdc++ and time zones; no shell     busybox  a static busybox as sh and sleep
#   debian   Debian with apt                                     jdk17    Debian with OpenJDK 17
#   jdk25    Debian with the JDK 25 of this machine, or Debian's own
#   jdks     Debian's unstable release with the JDKs 8, 11, 21   jres     the same with the JREs 8, 11, 21, 25: no jcmd
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/settings.sh"
need_root
export BUILDAH_ISOLATION=chroot STORAGE_DRIVER=vfs
release=bookworm
lock images
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

exists() { buildah inspect --type image "$1" > /dev/null 2>&1; }
root_of() { # variant, release, packages
  mmdebstrap --quiet --variant="$1" --include="$3" ${4:+"$4"} "$2" "$tmp/root.tar" >&2
}
# Several runtimes from Debian's unstable release, the only one that still carries the old ones. Without what no test needs: pages, and the modules
# that only jlink reads. Their packages want these directories to exist.
from_sid() { # image, packages
  mmdebstrap --quiet --variant=minbase --include="$2" --aptopt='Acquire::Check-Valid-Until "false"' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    --dpkgopt='path-exclude=/usr/lib/jvm/java-11-*/jmods/*' --dpkgopt='path-exclude=/usr/lib/jvm/*/lib/src.zip' --dpkgopt='path-exclude=/usr/lib/jvm/*/lib/ct.sym' \
    --setup-hook='mkdir -p "$1/usr/share/man/man1"' --customize-hook='rm -rf "$1"/var/lib/apt/lists/* "$1"/var/cache/apt/*' sid "$tmp/root.tar" >&2
  from_root "$1" ''
}
from_root() { printf 'FROM scratch\nADD root.tar /\n%s\n' "$2" > "$tmp/Dockerfile"; buildah bud -q -t "$1" "$tmp" > /dev/null; }

for name in "$@"; do
  image=localhost/heapwarden-base:$name
  echo "$image"
  exists "$image" && continue
  say "Making the base image $name"
  rm -rf "${tmp:?}"/*
  case $name in
    glibc)
      root_of extract "$release" libc6,libgcc-s1,libstdc++6,zlib1g,tzdata,base-files
      from_root "$image" "" ;;
    busybox)
      root_of extract "$release" busybox-static,base-files
      mkdir "$tmp/bin"
      for tool in sh sleep; do ln -s busybox "$tmp/bin/$tool"; done
      tar -C "$tmp" -cf "$tmp/tools.tar" bin
      from_root "$image" "ADD tools.tar /" ;;
    debian)
      root_of minbase "$release" ca-certificates
      from_root "$image" "" ;;
    jdk17)
      root_of minbase "$release" openjdk-17-jdk-headless
      from_root "$image" 'ENV JAVA_HOME=/usr/lib/jvm/java-17-openjdk-amd64' ;;
    jdk25)
      if jdk=$("$here/../../../bin/find-jdk" 25 2> /dev/null) && grep -q '^JAVA_VERSION="25' "$jdk/release"; then
        exists localhost/heapwarden-base:debian || { root_of minbase "$release" ca-certificates; from_root localhost/heapwarden-base:debian ""; }
        cp -rL "$jdk" "$tmp/jdk"
        printf 'FROM localhost/heapwarden-base:debian\nCOPY jdk /opt/jdk\nENV JAVA_HOME=/opt/jdk PATH=/opt/jdk/bin:/usr/sbin:/usr/bin:/sbin:/bin\n' > "$tmp/Dockerfile"
        buildah bud -q -t "$image" "$tmp" > /dev/null
      else
        # Only Debian's unstable release carries it.
        root_of minbase sid openjdk-25-jdk-headless '--aptopt=Acquire::Check-Valid-Until "false"'
        from_root "$image" 'ENV JAVA_HOME=/usr/lib/jvm/java-25-openjdk-amd64'
      fi ;;
    jdks) from_sid "$image" openjdk-8-jdk-headless,openjdk-11-jdk-headless,openjdk-21-jdk-headless ;;
    jres) from_sid "$image" openjdk-8-jre-headless,openjdk-11-jre-headless,openjdk-21-jre-headless,openjdk-25-jre-headless ;;
    *) die "$name: no such base image; glibc, busybox, debian, jdk17, jdk25, jdks and jres are known." ;;
  esac
done
