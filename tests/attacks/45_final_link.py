# leave ./final as a link to a folder of the host
# most: ok INFO
# stopped by: takeout: follows no link
# args: "$H/folder"
os.rmdir("final"); os.symlink(sys.argv[1], "final")
R("INFO", os.readlink("final"))
