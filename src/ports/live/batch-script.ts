// Minimal images set PATH without the folders of system programs.
// biome-ignore lint/suspicious/noTemplateCurlyInString: the shell fills it in
const searchPath = 'PATH=${PATH:+$PATH:}/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin; export PATH';

/**
 * Prints which of its arguments are programs that can be started, which kind of `timeout` there is
 * (busybox before 1.30 has `-t`, not every one has `-k`), and whether the batch script has what it takes.
 */
export const detectScript = `${searchPath}
for t do if command -v -- "$t" >/dev/null 2>&1; then printf 'tool %s\\n' "$t"; fi; done
if timeout -k 1 5 sh -c : >/dev/null 2>&1; then echo 'timeout kill'
elif timeout 5 sh -c : >/dev/null 2>&1; then echo 'timeout plain'
elif timeout -t 5 sh -c : >/dev/null 2>&1; then echo 'timeout dash-t'; fi
if [ "$(printf ab 2>/dev/null | head -c 1 2>/dev/null | cat 2>/dev/null)" = a ]; then echo batch; fi
echo done`;

/**
 * Runs all jobs at once and prints them one after another. The data are the positional parameters and nothing else:
 * the bytes to keep of each output, then per job the number of its words and the words. Per job it prints
 *
 *     out NUMBER BYTES START END, a newline, the bytes, a newline
 *     err NUMBER BYTES, a newline, the bytes, a newline
 *     end NUMBER CODE, a newline
 *
 * Each stage of the chain of pipes runs its own job and then passes on what the later ones print. This keeps the
 * outputs whole and in order without a file: writers that share a pipe would mix beyond PIPE_BUF (POSIX, write).
 * Descriptor 3 carries stderr, 4 the result, 5 the exit code. The letter behind every output saves its last
 * newlines from the command substitution, and \`head\` keeps a flood out of the memory of the container.
 */
export const batchScript = `${searchPath}
LC_ALL=C; export LC_ALL
keep=$1; shift
now() { case \${EPOCHREALTIME-} in '') date +%s%N 2>/dev/null || echo x ;; *) echo "$EPOCHREALTIME" ;; esac; }
job() {
  number=$1; shift
  { code=$( {
      err=$( {
        from=$(now)
        out=$( { "$@" 2>&3 3>&- 4>&- 5>&- </dev/null; echo "$?" >&5; } | head -c "$keep"; printf x)
        out=\${out%x}
        printf 'out %s %s %s %s\\n%s\\n' "$number" "\${#out}" "$from" "$(now)" "$out" >&4
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
rest() {
  nth=$1 words=$2; shift 2; shift "$words"
  chain $((nth + 1)) "$@"
}
chain() {
  if [ $(($# - 2)) -gt "$2" ]; then rest "$@" | { first "$@"; cat; }; else first "$@"; fi
}
chain 1 "$@"`;

/** The name the scripts run under in the list of processes: whoever finds them there knows who it was. */
export const scriptName = 'net-triage';
