import * as fs from 'fs';
import path from 'node:path';
import React from 'react';
const now = Date.now();
const when = new Date();
const dice = Math.random();
setTimeout(() => {}, 1);
fetch('http://example.org');
const old = require('x');
const local = (fetch: () => void) => fetch();
console.log(now, when, dice, old, local, Math.floor(1.5), fs, path, React, process.pid, process.env.HOME);
const hidden = { Date: 1, random: 2 };
console.log(hidden.Date, hidden.random, __dirname);
// error: C1204 1:21
// error: C1204 2:18
// error: C1204 3:19
// error: C1202 4:13
// error: C1202 5:18
// error: C1202 6:14
// error: C1202 7:1
// error: C1202 8:1
// error: C1201 9:13
// error: C1202 11:76
// error: C1201 13:41
