#!/bin/bash
# What an operator types without the program, one command after another; reading and concluding are not in it.
# Wants: KUBECTL (kubectl with its kubeconfig). Arguments: namespace, source pod, Service, port.
set -u
namespace=$1 client=$2 service=$3 port=$4
count=0
kubectl() {
  count=$((count + 1))
  printf '\n$ kubectl %s\n' "$*"
  $KUBECTL "$@" 2>&1
}
read_out() {
  count=$((count + 1))
  $KUBECTL "$@" 2>/dev/null
}
# Three times, as the program does: one lucky try proves nothing. A plain busybox nc has neither -z nor -v.
knock() {
  for _ in 1 2 3; do kubectl -n "$namespace" exec "$client" -- nc -w 2 "$1" "$2" -e true && echo open; done
}

kubectl get nodes -o wide
kubectl -n "$namespace" get pods -o wide --show-labels
kubectl -n "$namespace" describe pod "$client"
kubectl -n "$namespace" describe service "$service"
kubectl -n "$namespace" get endpointslices -l "kubernetes.io/service-name=$service" -o wide
kubectl -n "$namespace" get networkpolicies
kubectl -n "$namespace" get events --sort-by=.lastTimestamp
kubectl -n kube-system get pods -o wide
kubectl -n kube-system logs -l k8s-app=kube-dns --tail=50
kubectl -n "$namespace" exec "$client" -- cat /etc/resolv.conf
kubectl -n "$namespace" exec "$client" -- nslookup "$service.$namespace.svc.cluster.local"

address=$(read_out -n "$namespace" get service "$service" -o 'jsonpath={.spec.clusterIP}')
knock "$address" "$port"

endpoints=$(read_out -n "$namespace" get endpointslices -l "kubernetes.io/service-name=$service" \
  -o 'jsonpath={range .items[*]}{.endpoints[*].addresses[0]}{" "}{end}')
target=$(read_out -n "$namespace" get endpointslices -l "kubernetes.io/service-name=$service" -o 'jsonpath={.items[0].ports[0].port}')
if [ -z "${endpoints// /}" ]; then
  # Nobody is listed behind the Service: then the pods that should be there are tried.
  endpoints=$(read_out -n "$namespace" get pods -o 'jsonpath={.items[?(@.spec.containers[0].ports)].status.podIP}')
  target=$(read_out -n "$namespace" get pods -o 'jsonpath={.items[*].spec.containers[0].ports[0].containerPort}')
  target=${target%% *}
fi
for endpoint in $endpoints; do
  kubectl -n "$namespace" exec "$client" -- ping -c 1 -W 2 "$endpoint"
  knock "$endpoint" "$target"
done
printf '\n%s commands\n' "$count"
