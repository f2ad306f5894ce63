# make a million empty files
# most: disk
# stopped by: watcher (files)
for i in range(1000000): os.close(os.open(f"f{i}", os.O_CREAT))
R("LEAK", "a million files")
