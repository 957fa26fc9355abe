import { a } from './nowhere';
import { b } from './folder/';
import data from './data.json';
import x from 'lodash';
import { useState, useStat, LocalFile } from 'creact';
import { something } from 'create';
import { y } from 'other';
import Standard from './other';
import OtherDefault, { hidden, values, y2 } from './other';
export { nothing, value as fine } from './other';
export * from './void';
console.log(a, b, data, x, useState, useStat, LocalFile, something, y, Standard, OtherDefault, hidden, values, y2);
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
// error: C0217 10:10
// error: C0212 11:15
