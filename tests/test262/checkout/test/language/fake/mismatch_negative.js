/*---
description: a program that throws something else than it must
negative:
  phase: runtime
  type: RangeError
---*/
throw new TypeError("another");
