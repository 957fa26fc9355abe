// error: C0026 2:5
x = "\xg0";
