{{- /* Release name, with the chart's name in it once. */}}
{{- define "heapwarden.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{ .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else -}}
{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 63 | trimSuffix "-" }}
{{- end -}}
{{- end }}

{{- define "heapwarden.selectorLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "heapwarden.labels" -}}
{{ include "heapwarden.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- /* The one subject of every binding. */}}
{{- define "heapwarden.subjects" -}}
- kind: ServiceAccount
  name: {{ include "heapwarden.fullname" . }}
  namespace: {{ .Release.Namespace }}
{{- end }}

{{- /* The Secrets for Falco, by the directory they are mounted in. */}}
{{- define "heapwarden.falcoSecrets" -}}
{{- with .Values.security.falco }}
{{- if and .http.enabled (not .http.tokenSecret) (not .http.tlsSecret) }}
{{- fail "security.falco.http.enabled is true and neither security.falco.http.tokenSecret nor .tlsSecret is set: anybody could send events. Make a Secret with the key token and name it." }}
{{- end }}
{{- if and .http.enabled .http.tokenSecret }}
falco-token: {{ .http.tokenSecret }}
{{- end }}
{{- if and .http.enabled .http.tlsSecret }}
falco-tls: {{ .http.tlsSecret }}
{{- end }}
{{- if .grpc.tlsSecret }}
falco-grpc: {{ .grpc.tlsSecret }}
{{- end }}
{{- end }}
{{- end }}

{{- /* What the operator may do where it watches; explained line by line in docs/rbac.md. */}}
{{- define "heapwarden.rules" -}}
# Which pods there are, in what state, since when; their labels, limits and owner.
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list, watch]
# The annotations heapwarden.io/* by server-side apply; nothing else of a pod is written.
- apiGroups: [""]
  resources: [pods]
  verbs: [patch]
# Counters and class histograms, read inside the container. Over a websocket this is "get" up to Kubernetes 1.34, and "create" too from 1.35.
- apiGroups: [""]
  resources: [pods/exec]
  verbs: [get, create]
{{- if .Values.channels.ephemeralContainer.enabled }}
# The debug container with the probe program, once in a pod's life, where a policy allows it.
- apiGroups: [""]
  resources: [pods/ephemeralcontainers]
  verbs: [patch]
{{- end }}
{{- if .Values.restarts.evict }}
# Restart of one pod by the Eviction API, so that PodDisruptionBudgets hold. Deleting pods is not asked for.
- apiGroups: [""]
  resources: [pods/eviction]
  verbs: [create]
# Which budgets select a leaking pod, so that the refusal can name them before it is tried.
- apiGroups: [policy]
  resources: [poddisruptionbudgets]
  verbs: [list]
{{- end }}
{{- if .Values.restarts.rollout }}
# Restart of all pods of a workload by its own update strategy, for policies that say RolloutRestart, and of single pods whose successor comes first.
- apiGroups: [apps]
  resources: [deployments, statefulsets, daemonsets]
  verbs: [patch]
{{- end }}
{{- if .Values.restarts.argoRollouts }}
# The same for Argo Rollouts.
- apiGroups: [argoproj.io]
  resources: [rollouts]
  verbs: [get, patch]
{{- end }}
{{- if .Values.restarts.resize }}
# A higher memory limit for a running pod, up to the ceiling of a policy that says ResizeThenEvict.
- apiGroups: [""]
  resources: [pods/resize]
  verbs: [patch]
{{- end }}
{{- if .Values.security.vulnerabilityReports }}
# What Trivy Operator says of a workload's images.
- apiGroups: [aquasecurity.github.io]
  resources: [vulnerabilityreports]
  verbs: [list]
{{- end }}
# Events on pods and policies; a repetition patches the count of the first.
- apiGroups: [""]
  resources: [events]
  verbs: [create, patch]
# The owner of a pod: desired replicas, for maxUnavailable, and revision, read one at a time.
- apiGroups: [apps]
  resources: [replicasets, deployments, statefulsets, daemonsets]
  verbs: [get]
# What users ask for; the operator never writes it.
- apiGroups: [heapwarden.io]
  resources: [memorypolicies]
  verbs: [get, list, watch]
# What it answers.
- apiGroups: [heapwarden.io]
  resources: [memorypolicies/status]
  verbs: [patch]
# One report for each sampled pod.
- apiGroups: [heapwarden.io]
  resources: [memoryreports]
  verbs: [list, create, patch, delete]
# What is known of that pod, with the checkpoint a restarted operator goes on from.
- apiGroups: [heapwarden.io]
  resources: [memoryreports/status]
  verbs: [patch]
{{- end }}
