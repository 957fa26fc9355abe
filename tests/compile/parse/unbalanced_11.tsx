// error: C0003 2:7
x = `a${b`;
y = 1;
