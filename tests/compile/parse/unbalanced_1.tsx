// error: C0002 2:6
throw
a;
