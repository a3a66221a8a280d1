#!/usr/bin/env bash
# Builds localhost/heapwarden:dev, localhost/heapwarden-probe:dev and the test workloads' images, those that are older than their sources, and loads them into the node
# where `make cluster` is up. Base images: BUILD_IMAGE (JDK 25), RUNTIME_IMAGE (glibc), JDK17_IMAGE, BUSYBOX_IMAGE; those that are not
# given are made on this machine from Debian packages. HOTSPOTS=1 builds the images of the matrix, too: many versions of the JVM in four images.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. src/test/cluster/settings.sh
need_root
export BUILDAH_ISOLATION=chroot STORAGE_DRIVER=vfs
src/test/cluster/install-packages.sh
src/test/scripts/package.sh
src/test/scripts/probe.sh > /dev/null
base() { src/test/cluster/base-image.sh "$1"; }
jdk25=${BUILD_IMAGE:-$(base jdk25)}
runtime=${RUNTIME_IMAGE:-$(base glibc)}
jdk17=${JDK17_IMAGE:-$(base jdk17)}
busybox=${BUSYBOX_IMAGE:-$(base busybox)}
if [ -n "${HOTSPOTS:-}" ]; then jdks=${JDKS_IMAGE:-$(base jdks)} jres=${JRES_IMAGE:-$(base jres)}; fi

# build IMAGE CONTEXT DOCKERFILE SOURCES -- BUILDAH-ARGUMENTS...: unless an image of the same sources and bases is there.
build() {
  local image=$1 context=$2 dockerfile=$3 sources=$4 sum; shift 5
  sum=$({ find $sources -type f -print0 | sort -z | xargs -0 sha256sum; echo "$@"; } | sha256sum | cut -c 1-32)
  [ "$(buildah inspect --type image --format '{{index .OCIv1.Config.Labels "io.heapwarden.sources"}}' "$image" 2> /dev/null)" = "$sum" ] && return
  say "Building $image"
  local log before; log=$(mktemp)
  before=$(buildah inspect --type image --format '{{.FromImageID}}' "$image" 2> /dev/null || true)
  if ! buildah bud --label "io.heapwarden.sources=$sum" -f "$dockerfile" -t "$image" "$@" "$context" > "$log" 2>&1; then
    tail -n 60 "$log" >&2; rm "$log"
    die "$image was not built."
  fi
  rm "$log"
  [ -z "$before" ] || buildah rmi "$before" > /dev/null 2>&1 || true
}

lock images
here=src/test/workloads
programs="$here/Buffers.java $here/Leak.java $here/Steady.java $here/com"
build localhost/heapwarden-workload:17 $here $here/Dockerfile "$programs $here/Dockerfile" -- --build-arg "JDK_IMAGE=$jdk17"
build localhost/heapwarden-workload:25 $here $here/Dockerfile "$programs $here/Dockerfile" -- --build-arg "JDK_IMAGE=$jdk25"
build localhost/heapwarden-workload:shell-less $here $here/Dockerfile.shell-less "$programs $here/Dockerfile.shell-less" -- --build-arg "JDK_IMAGE=$jdk25"
build localhost/heapwarden-workload:no-jvm $here $here/Dockerfile.no-jvm "$here/Dockerfile.no-jvm" -- --build-arg "BASE_IMAGE=$busybox"
exporter=$(basename target/exporters/jmx_prometheus_javaagent-1.*.jar)
mkdir -p target/exporter-image && cp "target/exporters/$exporter" "$here/exporter.yaml" target/exporter-image/
build localhost/heapwarden-workload:exporter target/exporter-image $here/Dockerfile.exporter "$programs $here/Dockerfile $here/Dockerfile.exporter $here/exporter.yaml" -- \
  --build-arg WORKLOAD_IMAGE=localhost/heapwarden-workload:17 --build-arg "EXPORTER=$exporter"
corpus=src/test/corpus/programs
build localhost/heapwarden-workload:corpus $corpus $here/Dockerfile.corpus "$corpus $here/Dockerfile.corpus" -- --build-arg "JDK_IMAGE=$jdk25"
hotspots() { # NAME TARGET RUNTIMES
  build "localhost/heapwarden-workload:$1" $here $here/Dockerfile.hotspots "$here/Steady.java $here/com $here/Dockerfile.hotspots" -- \
    --target "$2" --build-arg "JDK_IMAGE=$jdk25" --build-arg "RUNTIMES_IMAGE=$3" --build-arg "BUSYBOX_IMAGE=$busybox"
}
if [ -n "${HOTSPOTS:-}" ]; then hotspots jdks debian "$jdks"; hotspots jres debian "$jres"; hotspots jres-busybox busybox "$jres"; hotspots jres-bare bare "$jres"; fi
build localhost/heapwarden:dev . src/main/docker/Dockerfile "target/quarkus-app src/main/docker" -- \
  --ignorefile src/main/docker/Dockerfile.dockerignore --build-arg "BUILD_IMAGE=$jdk25" --build-arg "RUNTIME_IMAGE=$runtime"
build localhost/heapwarden-probe:dev target/probe/$(dpkg --print-architecture) src/main/docker/Dockerfile.probe \
  "src/main/c src/main/docker/Dockerfile.probe" --
flock -u 9

images=(localhost/heapwarden:dev localhost/heapwarden-probe:dev localhost/heapwarden-workload:{17,25,shell-less,no-jvm,exporter,corpus})
[ -z "${HOTSPOTS:-}" ] || images+=(localhost/heapwarden-workload:{jdks,jres,jres-busybox,jres-bare})
if [ -S "$run/containerd.sock" ]; then src/test/cluster/load.sh "${images[@]}"; fi
printf '%s\n' "${images[@]}"
