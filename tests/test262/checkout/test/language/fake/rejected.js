/*---
description: an early error
negative:
  phase: parse
  type: SyntaxError
---*/
$DONOTEVALUATE();
let a; let a;
