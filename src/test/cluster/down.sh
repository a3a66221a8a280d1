#!/usr/bin/env bash
# Stops the cluster and takes away its processes, mounts, network namespaces, links, routes, rules, cgroups and data, however far
# `up.sh` came: processes are found by their pid files, by command lines that name the run directory, and by the pods' cgroup.
set -uo pipefail
. "$(dirname "$0")/settings.sh"
need_root
[ "${1:-}" = --locked ] || lock cluster

programs='etcd|kube-apiserver|kube-controller-manager|kube-scheduler|kubelet|kube-proxy|containerd|containerd-shim-runc-v2|runc'

# Processes of the given program names whose command line names the run directory.
processes() {
  local directory name
  for directory in /proc/[0-9]*; do
    mapfile -d '' -t words 2> /dev/null < "$directory/cmdline" || continue
    [ ${#words[@]} -gt 0 ] || continue
    name=${words[0]##*/}
    [[ $name =~ ^($1)$ && "${words[*]:1}" == *"$run/"* ]] && echo "${directory#/proc/}"
  done
  return 0
}

# Processes of pods: those that live in the pods' cgroup, and those whose root file system containerd mounted below the run directory.
pod_processes() {
  local hierarchy directory
  for hierarchy in $(awk '$3 == "cgroup" || $3 == "cgroup2" {print $2}' /proc/mounts); do
    [ -d "$hierarchy/$cgroup" ] && find "$hierarchy/$cgroup" -name cgroup.procs -exec cat {} + 2> /dev/null
  done
  for directory in /proc/[0-9]*; do
    awk -v run="$run/containerd/" '$5 == "/" && index($0, run) {found = 1} END {exit !found}' "$directory/mountinfo" 2> /dev/null &&
      echo "${directory#/proc/}"
  done
  return 0
}

alive() { local pid; for pid in "$@"; do [ -d "/proc/$pid" ] && ! grep -q '^State:.Z' "/proc/$pid/status" 2> /dev/null && return 0; done; return 1; }

# stop SIGNAL SECONDS PID...: asks, waits, then kills.
stop() {
  local signal=$1 end=$((SECONDS + $2)); shift 2
  [ $# -gt 0 ] || return 0
  kill -s "$signal" "$@" 2> /dev/null
  while alive "$@" && [ $SECONDS -lt $end ]; do sleep 0.1; done
  kill -s KILL "$@" 2> /dev/null
  while alive "$@" && [ $SECONDS -lt $((end + 10)) ]; do sleep 0.1; done
}
recorded() { local name; for name in "$@"; do cat "$run/$name.pid" 2> /dev/null; done; return 0; }

# A pid file may outlive its process: only a process that still names the run directory is stopped.
ours() { # pid file names...
  local pid found; found=" $(processes "$programs" | tr '\n' ' ')"
  for pid in $(recorded "$@"); do [[ $found == *" $pid "* ]] && echo "$pid"; done
  return 0
}

# Whoever would restart pods goes first; then the pods; then everything else.
stop TERM 5 $(ours proxy kubelet scheduler controllers; processes 'kube-proxy|kubelet|kube-scheduler|kube-controller-manager')
stop TERM 1 $(pod_processes)
stop TERM 5 $(ours apiserver etcd containerd; processes "$programs")
stop KILL 5 $(processes "$programs"; pod_processes)

if [ -d "$run" ]; then
  # Sockets of the shims, runc's state and CNI's results lie outside the run directory; the bundles and containerd's store say which are ours.
  for bundle in "$run"/containerd/state/io.containerd.runtime.v2.task/*/* "$run"/containerd/root/io.containerd.grpc.v1.cri/{containers,sandboxes}/*; do
    [ -d "$bundle" ] || continue
    [ -f "$bundle/address" ] && rm -f "$(sed 's#^unix://##' "$bundle/address")"
    rm -rf "/run/containerd/runc/k8s.io/${bundle##*/}" /var/lib/cni/results/*-"${bundle##*/}"-*
  done
  awk -v run="$run/" 'index($5, run) == 1 {print $5}' /proc/self/mountinfo | tac | while read -r mount; do umount -l "$(printf '%b' "$mount")"; done
fi
# Network namespaces of pods: those with an address of ours, and those a crash left with nothing but a loopback device.
for namespace in $(ip netns list | awk '/^cni-/ {print $1}'); do
  links=$(ip -n "$namespace" -oneline link show 2> /dev/null | wc -l)
  if [ "$links" -le 1 ] || ip -n "$namespace" -4 address show 2> /dev/null | grep -q "inet ${pods%.0.0/16}\."; then ip netns delete "$namespace"; fi
done
ip link delete hwbr0 2> /dev/null
ip route delete "$services" 2> /dev/null
ip route delete blackhole "$pods" 2> /dev/null
ip address delete "$address/32" dev lo 2> /dev/null
for family in iptables ip6tables; do
  rules=$($family-save -c 2> /dev/null) || continue
  [[ $rules == *KUBE-* ]] && grep -vE '^:KUBE-|^\[[0-9:]*\] -A KUBE-|-j KUBE-' <<< "$rules" | $family-restore -c
done
for hierarchy in $(awk '$3 == "cgroup" || $3 == "cgroup2" {print $2}' /proc/mounts); do
  [ -d "$hierarchy/$cgroup" ] && find "$hierarchy/$cgroup" -depth -type d -exec rmdir {} \; 2> /dev/null
done
[ -s "$run/sysctl.before" ] && sysctl -q -p "$run/sysctl.before" > /dev/null 2>&1
# What the kubelet and containerd keep outside the run directory, whatever they are told.
find /var/log/containers -lname "$run/*" -delete 2> /dev/null
rm -f /var/lib/kubelet/device-plugins/{kubelet.sock,kubelet_internal_checkpoint,DEPRECATION}
rmdir -p /var/lib/cni/results /var/lib/kubelet/device-plugins /var/log/containers /run/containerd/runc/k8s.io /run/containerd/s 2> /dev/null
rm -rf --one-file-system "$run"

left=$(processes "$programs"; pod_processes; awk -v run="$run/" 'index($5, run) == 1 {print $5}' /proc/self/mountinfo)
[ -z "$left" ] && [ ! -e "$run" ] || die "could not take away: $left $(ls -d "$run" 2> /dev/null)"
