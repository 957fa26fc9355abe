console.log('effect'); export {};
