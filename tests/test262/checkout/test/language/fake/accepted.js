/*---
description: said to be an early error, and is none
negative:
  phase: parse
  type: SyntaxError
---*/
$DONOTEVALUATE();
