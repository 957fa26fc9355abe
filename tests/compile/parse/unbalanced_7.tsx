// error: C0014 2:5
x = "abc
const y = 1
