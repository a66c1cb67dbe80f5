// Loaded into the trainer: when the command that started it is killed, it is told to save and end, not left behind.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
