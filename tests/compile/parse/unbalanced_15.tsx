// error: C0002 2:10
x = <A b=1 />;
