// error: C0002 2:18
class A { m( { } }
