#!/usr/bin/env node
'use strict';
// Old syntax on purpose: whoever starts this with an old Node should read a sentence, not a stack trace.
var wanted = [22, 19];
var have = process.versions.node.split('.').map(Number);
if (have[0] < wanted[0] || (have[0] === wanted[0] && have[1] < wanted[1])) {
  process.stderr.write(
    'net-triage needs Node ' + wanted.join('.') + ' or newer; this is ' + process.versions.node + '.\n' +
      'In a checkout, "npm run start" uses the Node that npm ci installed.\n',
  );
  process.exit(1);
}
import('node:module')
  .then(function (module) {
    if (module.enableCompileCache) module.enableCompileCache();
    return import('../dist/cli.mjs');
  })
  .catch(function (error) {
    if (error && error.code === 'ERR_MODULE_NOT_FOUND' && /dist\/cli\.mjs/.test(error.message)) {
      process.stderr.write('net-triage is not built yet: run "npm run build".\n');
    } else {
      process.stderr.write('net-triage could not start: ' + (error && error.stack ? error.stack : error) + '\n');
    }
    process.exit(1);
  });
