import { a } from './nowhere';
import { b } from './folder/';
import data from './data.json';
import x from 'lodash';
import { useState, useStat, LocalFile } from 'creact';
import { something } from 'create';
import { y } from 'other';
import Default from './other';
import OtherDefault, { hidden, values, y2 } from './other';
import { default as again } from './other';
export { nothing, value as fine } from './other';
export * from './void';
console.log(a, b, data, x, useState, useStat, LocalFile, something, y, Default, OtherDefault, hidden, values, y2, again);
// error: C0212 1:19
// error: C0212 2:19
// error: C1203 3:18
// error: C0213 4:15
// error: C0218 5:20
// error: C0217 5:29
// error: C0213 6:27
// error: C0213 7:19
// error: C0220 8:8
// error: C0220 9:8
// error: C0219 9:24
// error: C0218 9:32
// error: C0217 9:40
// error: C0220 10:10
// error: C0217 11:10
// error: C0212 12:15
