export const motd = 'Built by CMake.\n';
