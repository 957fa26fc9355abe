console.log('klass'); export default class { constructor(public n: number) {} }
