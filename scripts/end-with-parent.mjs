// Loaded into the trainer, so that it saves and ends when the command that started it is killed.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
