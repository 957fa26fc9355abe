/*---
description: a program that must throw
negative:
  phase: runtime
  type: RangeError
---*/
throw new RangeError("meant");
