'use strict';
// Speaks to a server with a client nobody here wrote: one call a line in, its answer a line out.

const readline = require('node:readline');
const Open311 = require('open311');

const { discovery, apiKey } = JSON.parse(process.argv[2]);
const client = new Open311({ discovery, apiKey, jurisdiction: 'yantai.test' });

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const [method, ...given] = JSON.parse(line);
  client[method](...given, (error, answer) => {
    console.log(JSON.stringify({ error: error || null, answer, endpoint: client.endpoint }));
  });
});
