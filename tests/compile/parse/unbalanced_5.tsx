// error: C0002 2:4
f(1];
