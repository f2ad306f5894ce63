# a million empty files in /tmp and /dev/shm: kernel memory
# most: memory
# stopped by: memory limit: counts the files of /tmp and /dev/shm
# args: 100
# with: MEMORY=100
def step(n=[0]):
    for i in range(1000): os.close(os.open(f"/{('tmp', 'dev/shm')[i & 1]}/{n[0]}", os.O_CREAT)); n[0] += 1
    return 1
fill(step)
