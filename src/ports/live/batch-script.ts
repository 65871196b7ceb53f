// Minimal images set PATH without the folders of system programs.
// biome-ignore lint/suspicious/noTemplateCurlyInString: the shell fills it in
const searchPath = 'PATH=${PATH:+$PATH:}/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin; export PATH';

/**
 * Prints which of its arguments are programs that can be started and where they lie, who asks, which kind of `timeout` there is
 * (busybox before 1.30 has `-t`, not every one has `-k`), and whether the batch script has what it takes.
 */
export const detectScript = `${searchPath}
for t do if p=$(command -v -- "$t" 2>/dev/null); then printf 'tool %s %s\\n' "$t" "$p"; fi; done
echo "user $(id -u 2>/dev/null) $(id -un 2>/dev/null)"
if timeout -k 1 5 sh -c : >/dev/null 2>&1; then echo 'timeout kill'
elif timeout 5 sh -c : >/dev/null 2>&1; then echo 'timeout plain'
elif timeout -t 5 sh -c : >/dev/null 2>&1; then echo 'timeout dash-t'; fi
if [ "$(echo | { exec 9<>/proc/self/fd/0 && read -r turn <&9 && echo >&9 && read -r turn <&9 && printf ab | head -c 1; } 2>/dev/null)" = a ]; then echo batch; fi
echo done`;

/**
 * Runs all jobs at once and prints each as it ends. The data are the positional parameters and nothing else:
 * the bytes to keep of each output, then per job the number of its words and the words. Per job it prints a block
 *
 *     out NUMBER BYTES START END, a newline, the bytes, a newline
 *     err NUMBER BYTES, a newline, the bytes, a newline
 *     end NUMBER CODE, a newline
 *
 * Writers that share a pipe mix beyond PIPE_BUF (POSIX, write), and no shell promises to print in one write. So a
 * job that ended first takes the turn: one line in a pipe without a name, whose both ends are descriptor 9, since on
 * Linux opening /proc/self/fd/N opens the pipe behind it again (proc(5)). It takes no file, and whoever is cut off
 * while printing must still give the turn back: hence the ignored SIGPIPE, else the others would wait for ever.
 *
 * Descriptor 3 carries stderr, 4 the block, 5 the exit code. The letter behind every output saves its last
 * newlines from the command substitution, and \`head\` keeps a flood out of the memory of the container.
 */
export const batchScript = `${searchPath}
LC_ALL=C; export LC_ALL
keep=$1; shift
job() {
  number=$1; shift
  { code=$( {
      err=$( {
        read -r from rest 2>/dev/null </proc/uptime || from=x
        out=$( { "$@" 2>&3 3>&- 4>&- 5>&- 9>&- </dev/null; echo "$?" >&5; } | head -c "$keep"; printf x)
        read -r to rest 2>/dev/null </proc/uptime || to=x
        out=\${out%x}
        printf 'out %s %s %s %s\\n%s\\n' "$number" "\${#out}" "$from" "$to" "$out" >&4
      } 3>&1 | head -c "$keep"; printf x)
      err=\${err%x}
      printf 'err %s %s\\n%s\\n' "$number" "\${#err}" "$err" >&4
    } 5>&1); printf 'end %s %s\\n' "$number" "$code"; } 4>&1
}
first() {
  nth=$1 words=$2 turned=0; shift 2
  while [ "$turned" -lt "$words" ]; do set -- "$@" "$1"; shift; turned=$((turned + 1)); done
  shift $(($# - words))
  job "$nth" "$@"
}
tell() {
  block=$(first "$@"; printf x)
  trap '' PIPE
  read -r turn <&9
  printf %s "\${block%x}"
  echo >&9
}
all() {
  next=1
  while [ "$#" -gt 0 ]; do
    tell "$next" "$@" &
    shift $(($1 + 1)); next=$((next + 1))
  done
  wait
}
echo | { exec 9<>/proc/self/fd/0 </dev/null && all "$@"; }`;

/** The name the scripts run under in the list of processes: whoever finds them there knows who it was. */
export const scriptName = 'net-triage';
