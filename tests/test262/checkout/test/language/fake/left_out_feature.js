/*---
description: left out by a feature
features: [let, generators]
---*/
