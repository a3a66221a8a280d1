#!/usr/bin/env bash
# Brings up one real Kubernetes node on this machine: etcd, API server, controllers, scheduler, kubelet, kube-proxy, containerd.
# Needs root. Ready about 10 s after the binaries are there. The last line printed is the path of the admin kubeconfig.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/settings.sh"
need_root
"$here/install-packages.sh"
bin=$("$here/build.sh")
k() { "$bin/kubectl" --kubeconfig "$kubeconfig" "$@"; }
log=$run/log pki=$run/pki

how_to_use() {
  cat <<Y
One node of Kubernetes $kubernetes_version is up. Use it with
  export KUBECONFIG=$kubeconfig
  export PATH=$bin:\$PATH                     # kubectl, helm
  $here/load.sh IMAGE      # copies an image that buildah built into the node
and take it down with \`make cluster-down\`. Its logs are in $log.
$kubeconfig
Y
}

lock cluster
if is_up; then how_to_use; exit 0; fi
[ -d "$run" ] && { say "Taking away what an earlier run left behind."; "$here/down.sh" --locked; }
for port in 2379 2380 6443 10250 10256 10257 10259; do
  ! (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null || die "port $port is taken by something else on this machine; the cluster needs 2379, 2380, 6443 and 10250 to 10259."
done
mkdir -p "$log" "$run/cni"
trap '[ $? = 0 ] || say "It did not come up; the logs are in $log, and \`make cluster-down\` cleans up."' EXIT

# What the kubelet and kube-proxy set for the whole machine, to be put back by down.sh.
sysctl net.ipv4.ip_forward net.ipv4.conf.all.route_localnet vm.overcommit_memory kernel.panic kernel.panic_on_oops \
  kernel.keys.root_maxkeys kernel.keys.root_maxbytes > "$run/sysctl.before" 2> /dev/null || true
# The node's address lives on lo; these routes keep every cluster packet on this machine. Services go to lo and not to a blackhole:
# the API server itself dials them (webhooks, aggregated APIs), and the route is looked up before kube-proxy rewrites the address.
ip address replace "$address/32" dev lo
sysctl -qw net.ipv4.ip_forward=1
ip route replace "$services" dev lo src "$address"
ip route replace blackhole "$pods"
for hierarchy in $(awk '$3 == "cgroup" || $3 == "cgroup2" {print $2}' /proc/mounts); do mkdir -p "$hierarchy/$cgroup"; done
"$here/certificates.sh"

start() { # name, command...: the pid file is there before the command runs, so that whatever is running can be stopped
  local name=$1; shift
  setsid bash -c 'echo $$ > "$0"; exec "$@"' "$run/$name.pid" "$@" > "$log/$name.log" 2>&1 < /dev/null 9>&- &
}
await() { # seconds, what, command...
  local end=$((SECONDS + $1)) what=$2; shift 2
  until "$@" > /dev/null 2>&1; do [ $SECONDS -lt $end ] || die "$what: not within the time limit."; sleep 0.2; done
}

start etcd "$bin/etcd" --data-dir "$run/etcd" --unsafe-no-fsync --listen-client-urls http://127.0.0.1:2379 \
  --advertise-client-urls http://127.0.0.1:2379 --listen-peer-urls http://127.0.0.1:2380
start apiserver "$bin/kube-apiserver" --etcd-servers=http://127.0.0.1:2379 --secure-port=6443 --advertise-address=$address \
  --service-cluster-ip-range=$services --authorization-mode=Node,RBAC --allow-privileged=true \
  --client-ca-file="$pki/ca.crt" --tls-cert-file="$pki/apiserver.crt" --tls-private-key-file="$pki/apiserver.key" \
  --service-account-issuer=https://kubernetes.default.svc --service-account-key-file="$pki/sa.pub" --service-account-signing-key-file="$pki/sa.key" \
  --kubelet-client-certificate="$pki/apiserver-kubelet.crt" --kubelet-client-key="$pki/apiserver-kubelet.key" \
  --kubelet-certificate-authority="$pki/ca.crt" --kubelet-preferred-address-types=InternalIP \
  --requestheader-client-ca-file="$pki/ca.crt" --requestheader-allowed-names=front-proxy --requestheader-username-headers=X-Remote-User \
  --requestheader-group-headers=X-Remote-Group --requestheader-extra-headers-prefix=X-Remote-Extra- \
  --proxy-client-cert-file="$pki/front-proxy.crt" --proxy-client-key-file="$pki/front-proxy.key"

cat > "$run/cni/10-bridge.conflist" <<Y
{"cniVersion": "0.4.0", "name": "heapwarden", "plugins": [{"type": "bridge", "bridge": "hwbr0", "isGateway": true, "hairpinMode": true,
 "ipam": {"type": "host-local", "dataDir": "$run/ipam", "ranges": [[{"subnet": "10.244.0.0/24"}]], "routes": [{"dst": "0.0.0.0/0"}]}}]}
Y
cat > "$run/containerd.toml" <<Y
version = 2
root = "$run/containerd/root"
state = "$run/containerd/state"
[grpc]
  address = "$run/containerd.sock"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "localhost/pause:1"
  restrict_oom_score_adj = true   # without CAP_SYS_RESOURCE runc dies: "can't get final child's PID from pipe: EOF"
  netns_mounts_under_state_dir = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$run/cni"
Y
start containerd containerd -c "$run/containerd.toml"

await 60 "API server" k get --raw /readyz
start controllers "$bin/kube-controller-manager" --kubeconfig="$run/controllers.conf" --leader-elect=false \
  --service-account-private-key-file="$pki/sa.key" --root-ca-file="$pki/ca.crt" --use-service-account-credentials
start scheduler "$bin/kube-scheduler" --kubeconfig="$run/scheduler.conf" --leader-elect=false
cat > "$run/kubelet.yaml" <<Y
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: $pki/ca.crt}}
authorization: {mode: Webhook}
tlsCertFile: $pki/kubelet.crt
tlsPrivateKeyFile: $pki/kubelet.key
cgroupDriver: cgroupfs
cgroupRoot: /$cgroup
failSwapOn: false
containerRuntimeEndpoint: unix://$run/containerd.sock
podLogsDir: $run/pod-logs
volumePluginDir: $run/volume-plugins
clusterDNS: [10.96.0.10]          # nobody answers there; it only silences a warning
clusterDomain: cluster.local
evictionHard: {memory.available: 100Mi}
imageGCHighThresholdPercent: 100
Y
start kubelet "$bin/kubelet" --config="$run/kubelet.yaml" --kubeconfig="$run/kubelet.conf" --hostname-override=$node --node-ip=$address \
  --root-dir="$run/kubelet" --cert-dir="$pki"
start proxy "$bin/kube-proxy" --kubeconfig="$run/proxy.conf" --hostname-override=$node --proxy-mode=iptables --cluster-cidr=$pods --conntrack-max-per-core=0
"$here/load.sh" pause > /dev/null
await 90 "node $node" is_up
await 60 "service account" k get serviceaccount default
how_to_use
