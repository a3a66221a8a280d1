#!/usr/bin/env bash
# certificates.sh: makes the cluster's keys and certificates in $run/pki and a kubeconfig in $run for everyone who talks to the API server.
set -euo pipefail
. "$(dirname "$0")/settings.sh"
pki=$run/pki
mkdir -p "$pki"
exec 2> "$pki/openssl.log"
ec_key() { openssl ecparam -name prime256v1 -genkey -noout -out "$pki/$1.key"; }   # SEC1: fabric8 cannot read EC keys in PKCS#8

issue() { # name, subject, subjectAltName
  ec_key "$1"
  openssl req -new -key "$pki/$1.key" -subj "$2" -out "$pki/$1.csr"
  openssl x509 -req -in "$pki/$1.csr" -CA "$pki/ca.crt" -CAkey "$pki/ca.key" -CAcreateserial -days 365 -out "$pki/$1.crt" \
    -extfile <(printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth,clientAuth\n' "$3")
}

ec_key ca
openssl req -x509 -key "$pki/ca.key" -days 365 -subj /CN=ca -out "$pki/ca.crt"
issue apiserver /CN=kube-apiserver "IP:127.0.0.1,IP:$address,IP:10.96.0.1,DNS:localhost,DNS:kubernetes.default.svc"
issue apiserver-kubelet /O=system:masters/CN=apiserver DNS:apiserver
issue front-proxy /CN=front-proxy DNS:front-proxy
issue kubelet "/O=system:nodes/CN=system:node:$node" "DNS:$node,IP:$address"
issue admin /O=system:masters/CN=admin DNS:admin
issue controllers /CN=system:kube-controller-manager DNS:controllers
issue scheduler /CN=system:kube-scheduler DNS:scheduler
issue proxy /CN=system:kube-proxy DNS:proxy
openssl genrsa -out "$pki/sa.key" 2048
openssl rsa -in "$pki/sa.key" -pubout -out "$pki/sa.pub"

for user in admin controllers scheduler proxy kubelet; do
  cat > "$run/.$user.conf" <<Y
apiVersion: v1
kind: Config
clusters: [{name: heapwarden, cluster: {server: "https://127.0.0.1:6443", certificate-authority: $pki/ca.crt}}]
users: [{name: $user, user: {client-certificate: $pki/$user.crt, client-key: $pki/$user.key}}]
contexts: [{name: heapwarden, context: {cluster: heapwarden, user: $user}}]
current-context: heapwarden
Y
  mv "$run/.$user.conf" "$run/$user.conf"
done
