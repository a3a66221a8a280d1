#!/usr/bin/env bash
# Puts the JDKs 8, 11 and 21 of Debian's unstable release where tests find them (JavaHomes.withOldOnes), and prints their paths. They are built for a
# newer C library than the machine may have, so they bring their own: each program and library is told where it is. Root; needs no cluster.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. src/test/cluster/settings.sh
need_root
src/test/cluster/install-packages.sh
if ! command -v patchelf > /dev/null; then apt-get -qq update > /dev/null && apt-get -qq install -y --no-install-recommends patchelf > /dev/null; fi
image=$(src/test/cluster/base-image.sh jdks)
lock jdks
home=$cache_root/jdks
[ -e "$home/complete" ] && { printf '%s\n' "$home"/[0-9]*; exit; }
export STORAGE_DRIVER=vfs
rm -rf "$home"
mkdir -p "$home/libraries"
container=$(buildah from "$image")
trap 'buildah rm "$container" > /dev/null' EXIT
root=$(buildah mount "$container")
for library in ld-linux-x86-64.so.2 lib{c,m,dl,rt,pthread,gcc_s,resolv,nss_files}.so.\* libstdc++.so.6 libz.so.1; do
  # shellcheck disable=SC2086
  for file in $root/usr/lib/x86_64-linux-gnu/$library; do cp -L "$file" "$home/libraries/"; done
done
# What a JDK takes from other packages: its configuration in /etc, and libraries such as libjpeg that no test needs.
for version in 8 11 21; do
  cp -a "$root/usr/lib/jvm/java-$version-openjdk-amd64" "$home/$version"
  find "$home/$version" -type l | while read -r link; do
    target=$(readlink "$link")
    case $target in /*) rm "$link"; [ ! -e "$root$target" ] || cp -rL "$root$target" "$link" ;; esac
  done
  find "$home/$version" -type f \( -perm -u+x -o -name '*.so' \) | while read -r file; do
    [ "$(head -c 4 "$file" | tail -c 3)" = ELF ] || continue
    case $file in
      *.so*) ;;
      *) patchelf --set-interpreter "$home/libraries/ld-linux-x86-64.so.2" "$file" ;;
    esac
    patchelf --force-rpath --set-rpath "$(patchelf --print-rpath "$file"):$home/libraries" "$file"
  done
  [ -e "$home/$version/release" ] || echo "JAVA_VERSION=\"1.$version.0\"" > "$home/$version/release"     # Debian's JDK 8 has none
  "$home/$version/bin/java" -version > /dev/null 2>&1 || die "JDK $version does not run on this machine."
done
touch "$home/complete"
printf '%s\n' "$home"/[0-9]*
