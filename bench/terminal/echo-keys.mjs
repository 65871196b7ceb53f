// The least a program in a terminal can do with a key: what is slower than this is not the terminal's fault.
process.stdin.setRawMode(true);
process.stdin.on('data', (key) => process.stdout.write(key));
process.stdout.write('ready');
