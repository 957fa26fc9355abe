export const motd = 'Built by make.\n';
