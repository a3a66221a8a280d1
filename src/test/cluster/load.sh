#!/usr/bin/env bash
# load.sh IMAGE...: copies images that buildah built into the node, those that it has already excepted. `pause` stands for the sandbox image, built here.
set -euo pipefail
. "$(dirname "$0")/settings.sh"
need_root
export BUILDAH_ISOLATION=chroot STORAGE_DRIVER=vfs
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

build_pause() {
  cat > "$tmp/pause.c" <<'C'
#include <signal.h>
#include <unistd.h>
static void stop(int signal) { (void) signal; _exit(0); }
int main(void) { signal(SIGTERM, stop); for (;;) pause(); }
C
  gcc -static -Os -s -o "$tmp/pause" "$tmp/pause.c"
  printf 'FROM scratch\nCOPY pause /pause\nENTRYPOINT ["/pause"]\n' > "$tmp/Dockerfile"
  buildah bud -q -t localhost/pause:1 "$tmp" > /dev/null
}

[ -S "$run/containerd.sock" ] || die "the cluster is not up: run \`make cluster\`."
node_images() { ctr -a "$run/containerd.sock" -n k8s.io images "$@"; }
for image in "$@"; do
  if [ "$image" = pause ]; then
    image=localhost/pause:1
    buildah inspect --type image "$image" > /dev/null 2>&1 || build_pause
  fi
  id=$(buildah inspect --type image --format '{{.FromImageID}}' "$image") || die "$image: no such image; \`make image\` builds them."
  mark=$run/loaded/${image//[\/:]/_}
  if [ "$(cat "$mark" 2> /dev/null)" = "$id" ] && [ -n "$(node_images ls -q "name==$image")" ]; then continue; fi
  buildah push -q "$image" "docker-archive:$tmp/image.tar:$image"
  node_images import "$tmp/image.tar" > /dev/null
  rm "$tmp/image.tar"
  mkdir -p "$run/loaded"
  echo "$id" > "$mark"
  say "Loaded $image"
done
