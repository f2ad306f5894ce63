# leave a submission that is a link to a file of the host
# most: ok INFO
# stopped by: takeout: follows no link
# args: "$H/secret"
os.symlink(sys.argv[1], "final/submission.csv"); os.symlink("/etc/passwd", "final/b.csv")
os.symlink("../" * 20 + sys.argv[1], "final/c.csv"); os.symlink("/proc/self/fd/9", "final/d.csv")
R("INFO", os.listdir("final"))
