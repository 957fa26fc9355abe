export const shared = 1, one = 1; export default 5;
