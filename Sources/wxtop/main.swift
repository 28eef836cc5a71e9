print("wxtop")
