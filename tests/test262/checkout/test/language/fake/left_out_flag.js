/*---
description: left out by a flag
flags: [noStrict]
---*/
