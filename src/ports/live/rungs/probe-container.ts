/** Seconds after which everything that was made ends by itself, whatever becomes of this process. */
export const lifetime = 1_800;

/** Waits, and ends at once when it is told to: process 1 of a container gets no signal that it does not ask for. */
const wait = `trap 'kill "$!"; exit 0' TERM INT; sleep ${lifetime} & wait`;

/**
 * Ends the one process that was started with this mark as its last word. Process 1 is not it where a Pod shares
 * one process namespace, and this script is not it either, because the mark comes to it in two pieces.
 */
const end = `for d in /proc/[0-9]*; do
  case "$(tr '\\0' ' ' <"$d/cmdline" 2>/dev/null)" in *" $1$2 ") kill "\${d#/proc/}" ;; esac
done
exit 0`;

export const endArgv = (mark: string) => ['sh', '-c', end, 'net-triage', mark.slice(0, 4), mark.slice(4)];

/** For a container that does nothing by itself. `mark` tells its process from others. */
export const waitArgv = (mark: string) => ['sh', '-c', wait, mark];

// The numbers of no user that an image could have: 65532 is the "nonroot" of distroless images.
const nobody = 65_532;

/** Runs what is wanted by exec; passes the profile "restricted" of Pod Security. */
export const probeContainer = (name: string, image: string) => ({
  name,
  image,
  imagePullPolicy: 'IfNotPresent',
  command: waitArgv(name),
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    runAsNonRoot: true,
    runAsUser: nobody,
    seccompProfile: { type: 'RuntimeDefault' },
  },
});
