// error: C0001 3:1
x = (a)
=> a;
