// error: C0026 2:6
x = "\xg0";
